-- People and what lets them in. Accounts are not facts of the shop: they change, and personal data must be erasable, so they
-- stand beside the ledger. Who did what stands in the ledger, under a sign-in name that is never given to anybody else.

create table person (
  org_id bigint not null,
  person_id uuid not null,
  sign_in_name text not null,
  -- Folded, so that "Anna" and "anna" are one name. Rows are never deleted: a name stays taken.
  name_key text not null,
  printed_name text not null,
  -- The customer or supplier this person belongs to: such a person sees only what is that party's.
  party bigint,
  password_hash text,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (org_id, person_id)
);
create unique index person_name on person (org_id, name_key);

create table person_role (
  org_id bigint not null,
  person_id uuid not null,
  role text not null,
  -- Number of the site the role is held for; 0 for all of them.
  site bigint not null,
  primary key (org_id, person_id, role, site),
  foreign key (org_id, person_id) references person,
  check (role in ('operator', 'receiver', 'warehouse', 'planner', 'quality', 'recall-coordinator', 'supplier-quality',
                  'auditor', 'service', 'administrator', 'customer', 'supplier'))
);

-- Who is signed in. Only the hash of what the browser holds is kept: whoever reads this table cannot sign in with it.
create table sign_in_session (
  org_id bigint not null,
  session_id uuid not null,
  secret_hash bytea not null check (length(secret_hash) = 32),
  person_id uuid not null,
  method text not null,
  address text not null,
  browser text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, session_id),
  foreign key (org_id, person_id) references person,
  check (expires_at > started_at)
);
create unique index sign_in_session_by_secret on sign_in_session (org_id, secret_hash);
create index sign_in_session_by_person on sign_in_session (org_id, person_id);

-- Links that set a password once: for the first administrator (no person yet), for a new person, after a lost password.
create table one_time_link (
  org_id bigint not null,
  secret_hash bytea not null check (length(secret_hash) = 32),
  person_id uuid,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (org_id, secret_hash),
  foreign key (org_id, person_id) references person
);

-- Failed sign-ins in a row, by folded name, known or not: a name that is tried must not tell whether it exists.
create table sign_in_failure (
  org_id bigint not null,
  name_key text not null,
  failures bigint not null check (failures > 0),
  last_at timestamptz not null,
  primary key (org_id, name_key)
);

-- What happened to access: sign-ins good and bad, denials, changes of rights. Only ever grows.
create table audit_event (
  org_id bigint not null,
  audit_no bigint not null check (audit_no > 0),
  at timestamptz not null,
  kind text not null,
  actor text not null,
  body jsonb not null,
  primary key (org_id, audit_no)
);
create index audit_event_by_time on audit_event (org_id, at);
create index audit_event_by_actor on audit_event (org_id, actor, audit_no);
