-- Keys of programs that are not on this machine. A key stands in the ledger as `key:` and its name, which is never given again;
-- its secret may be changed while the name stays.

create table api_key (
  org_id bigint not null,
  key_id uuid not null,
  name text not null,
  -- Folded, so that "ERP" and "erp" are one name. Rows are never deleted: a name stays taken.
  name_key text not null,
  -- The customer or supplier the key is for: it sees only what is that party's.
  party bigint,
  -- The verbs it may record, a JSON array; null for all that its roles may.
  verbs jsonb,
  made_by text not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  primary key (org_id, key_id)
);
create unique index api_key_name on api_key (org_id, name_key);

create table api_key_role (
  org_id bigint not null,
  key_id uuid not null,
  role text not null,
  -- Number of the site the role is held for; 0 for all of them.
  site bigint not null,
  primary key (org_id, key_id, role, site),
  foreign key (org_id, key_id) references api_key,
  check (role in ('operator', 'receiver', 'warehouse', 'planner', 'quality', 'recall-coordinator', 'supplier-quality',
                  'auditor', 'service', 'administrator', 'customer', 'supplier'))
);

-- What opens a key. Only the hash is kept: whoever reads this table cannot act with it. The prefix tells secrets apart.
create table api_key_secret (
  org_id bigint not null,
  secret_hash bytea not null check (length(secret_hash) = 32),
  key_id uuid not null,
  prefix text not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  primary key (org_id, secret_hash),
  foreign key (org_id, key_id) references api_key,
  check (ends_at >= made_at)
);
create index api_key_secret_by_key on api_key_secret (org_id, key_id);
