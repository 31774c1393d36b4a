-- Sealing: trees over the leaves of every ledger, and signed checkpoints of them.

-- Roots of the complete subtrees of 256, 65,536, ... leaves, so that a proof reads some hundred hashes instead of all.
-- They follow from the leaves; `verify` makes them again.
create table subtree (
  org_id bigint not null,
  ledger text not null check (ledger in ('facts', 'audit')),
  level smallint not null check (level > 0 and level % 8 = 0),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (org_id, ledger, level, index)
);

-- A ledger is now one of several of its organisation, and its signer may change keys. Takes a short exclusive lock.
alter table checkpoint
  add column ledger text not null default 'facts' check (ledger in ('facts', 'audit')),
  add column key_id text not null default '' check (key_id ~ '^([0-9a-f]{8})?$');
alter table checkpoint drop constraint checkpoint_pkey;
alter table checkpoint add primary key (org_id, ledger, size, key_id);

-- The public keys of the signer, each handed over by the one before: notes signed by both.
create table checkpoint_key (
  key_id text primary key check (key_id ~ '^[0-9a-f]{8}$'),
  ordinal int not null unique check (ordinal >= 0),
  note text not null,
  added_at timestamptz not null default now()
);
