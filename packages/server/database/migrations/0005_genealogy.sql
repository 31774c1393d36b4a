-- The genealogy: states and processes, the edges between them, and the timelines they come from. Folds of the ledger
-- (core/genealogy/rows.ts). An edge never changes but for its retraction, so every past answer can be given again.

create table node (
  org_id bigint not null,
  no bigint not null,
  kind text not null,
  traceable bigint,
  started_at timestamptz,
  process_key text,
  position bigint not null,
  primary key (org_id, no),
  check (kind in ('state', 'process')),
  check (kind = 'state' or traceable is null)
);
create index node_by_traceable on node (org_id, traceable);
create index node_by_process_key on node (org_id, process_key);
-- Engines are fed by position.
create index node_by_position on node (org_id, position);

create table edge (
  org_id bigint not null,
  no bigint not null,
  source bigint not null,
  target bigint not null,
  kind text not null,
  evidence text not null,
  amount bigint,
  happened_at timestamptz not null,
  until timestamptz,
  event bigint not null,
  added_at bigint not null,
  retracted_at bigint,
  primary key (org_id, no),
  check (source <> target),
  check (retracted_at > added_at or retracted_at is null),
  check (kind in ('material', 'identity', 'install', 'contact'))
);
create index edge_by_source on edge (org_id, source);
create index edge_by_target on edge (org_id, target);
create index edge_by_event on edge (org_id, event);
-- Engines are fed by position.
create index edge_by_added on edge (org_id, added_at);
create index edge_by_retracted on edge (org_id, retracted_at) where retracted_at is not null;

create table touch (
  org_id bigint not null,
  event bigint not null,
  ordinal bigint not null,
  does text not null,
  traceable bigint,
  process_key text,
  run boolean not null,
  other bigint,
  edge text,
  amount bigint,
  sequential boolean not null,
  item bigint,
  vessel boolean not null,
  at timestamptz not null,
  uncertainty_ms bigint not null,
  sequence bigint,
  evidence text not null,
  tie text not null,
  state bigint,
  begins boolean not null,
  prior bigint,
  step bigint,
  heel text,
  process bigint,
  until timestamptz,
  other_states jsonb,
  other_processes jsonb,
  links jsonb,
  edges jsonb not null,
  primary key (org_id, event, ordinal),
  check (does in ('draw', 'add', 'renew', 'part', 'unit', 'apart', 'barrier'))
);
create index touch_by_process on touch (org_id, process_key);
create index touch_by_traceable_process on touch (org_id, traceable, process_key);
create index touch_by_pair on touch (org_id, traceable, other);

create table timeline (
  org_id bigint not null,
  line text not null,
  id text not null,
  tail jsonb not null,
  primary key (org_id, line, id),
  check (line in ('traceable', 'run'))
);
