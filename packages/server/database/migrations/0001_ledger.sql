-- The ledger: what was acknowledged, in order, for ever. Everything else in this schema can be rebuilt from it.

-- The directory of ledgers. An organisation's data lie in tables that begin with its number.
create table organisation (
  org_id bigint primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  created_at timestamptz not null default now()
);

-- One row per organisation. Its row lock is the one lock of a capture: taken first, held until commit, so positions are
-- gapless and become visible in order.
create table ledger_head (
  org_id bigint primary key references organisation,
  next_position bigint not null default 0 check (next_position >= 0),
  -- Leaf hash of the event before next_position; zeros for an empty ledger.
  leaf bytea not null default decode(repeat('00', 32), 'hex') check (length(leaf) = 32),
  -- recordedAt of that event: the next one is never earlier, whatever the clock does.
  recorded_at timestamptz not null default '-infinity'
);

-- The hash chain. It outlives the bytes, so that lawful disposal of content leaves the chain whole.
create table ledger_leaf (
  org_id bigint not null,
  position bigint not null check (position >= 0),
  prev bytea not null check (length(prev) = 32),
  leaf bytea not null check (length(leaf) = 32),
  primary key (org_id, position)
);

-- The facts: canonical JSON (RFC 8785) as bytes.
create table event_bytes (
  org_id bigint not null,
  position bigint not null check (position >= 0),
  bytes bytea not null,
  primary key (org_id, position)
);

-- The answer each idempotency key got, refusals included. A key never expires.
create table capture_key (
  org_id bigint not null,
  key text not null,
  -- SHA-256 of command, canonical body and the person who acted.
  print bytea not null check (length(print) = 32),
  outcome jsonb not null,
  -- Where its events stand; null when it was refused.
  first_position bigint,
  last_position bigint,
  recorded_at timestamptz not null,
  primary key (org_id, key),
  check ((first_position is null) = (last_position is null)),
  check (first_position <= last_position)
);

-- Captures that were refused: who tried what, and which rule said no.
create table attempt (
  org_id bigint not null,
  attempt_id uuid not null,
  key text not null,
  verb text not null,
  actor text not null,
  code text not null,
  refusal jsonb not null,
  command jsonb not null,
  recorded_at timestamptz not null,
  primary key (org_id, attempt_id)
);
create index attempt_by_time on attempt (org_id, recorded_at);

-- Signed tree heads (RFC 6962 tree over the leaves, C2SP checkpoint form). Filled by the sealer.
create table checkpoint (
  org_id bigint not null,
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  signed_at timestamptz not null,
  primary key (org_id, size)
);
