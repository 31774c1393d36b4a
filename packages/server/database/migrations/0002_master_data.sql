-- Definitions and identities: folds of the ledger, written by the writer and by rebuild alone. Columns follow the
-- table specs of core/identity/rows.ts; a test compares them. Every key and index begins with the organisation.

create table counter (
  org_id bigint not null,
  name text not null,
  next bigint not null,
  primary key (org_id, name),
  check (next >= 0)
);

create table item (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  name text not null,
  tracking text not null,
  unit text not null,
  scale bigint not null,
  conversions jsonb not null,
  expiry_rule text not null,
  shelf_life_days bigint,
  feed text not null,
  rules jsonb not null,
  inherits jsonb not null,
  owner bigint,
  export_class text,
  uri text,
  attributes jsonb not null,
  retired boolean not null,
  primary key (org_id, no),
  check (scale between 0 and 9),
  check (tracking in ('none', 'batch', 'lot', 'serial')),
  check (shelf_life_days >= 0),
  check (feed in ('pooled', 'sequential'))
);
create index item_by_code on item (org_id, code_key);
create unique index item_code on item (org_id, code_key) where not retired;

create table party (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  name text not null,
  roles jsonb not null,
  uri text,
  attributes jsonb not null,
  retired boolean not null,
  primary key (org_id, no)
);
create index party_by_code on party (org_id, code_key);
create unique index party_code on party (org_id, code_key) where not retired;

create table place (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  name text not null,
  kind text not null,
  parent bigint,
  uri text,
  attributes jsonb not null,
  retired boolean not null,
  primary key (org_id, no),
  check (kind in ('site', 'area', 'location', 'single-lot')),
  check (parent <> no)
);
create index place_by_code on place (org_id, code_key);
create unique index place_code on place (org_id, code_key) where not retired;

create table resource (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  name text not null,
  kind text not null,
  place bigint,
  attributes jsonb not null,
  retired boolean not null,
  primary key (org_id, no),
  check (kind in ('equipment', 'tool', 'gauge', 'station', 'person'))
);
create index resource_by_code on resource (org_id, code_key);
create unique index resource_code on resource (org_id, code_key) where not retired;

create table numbering (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  gives text not null,
  item bigint,
  site bigint,
  scheme text not null,
  reset text not null,
  start bigint not null,
  retired boolean not null,
  primary key (org_id, no),
  check (gives in ('lot', 'serial', 'container', 'order', 'shipment')),
  check (reset in ('never', 'day', 'month', 'year'))
);
create index numbering_by_code on numbering (org_id, code_key);
create index numbering_by_use on numbering (org_id, gives, item, site);

create table definition (
  org_id bigint not null,
  no bigint not null,
  kind text not null,
  item bigint not null,
  version text not null,
  effective_from date,
  effective_to date,
  body jsonb not null,
  retired boolean not null,
  primary key (org_id, no),
  check (kind in ('bom', 'routing'))
);
create index definition_by_version on definition (org_id, kind, item, version);

create table traceable (
  org_id bigint not null,
  no bigint not null,
  kind text not null,
  item bigint,
  code text not null,
  code_key text not null,
  skeleton text not null,
  party bigint,
  owner bigint,
  status text not null,
  expires_on date,
  manufactured_on date,
  uri text,
  export_class text,
  attributes jsonb not null,
  position bigint not null,
  happened_at timestamptz not null,
  primary key (org_id, no),
  check (no > 0),
  check (kind in ('lot', 'batch', 'serial', 'supplier-lot', 'vessel', 'container')),
  check (status in ('expected', 'pending', 'released', 'rejected', 'scrapped', 'returned', 'void'))
);
create index traceable_by_code on traceable (org_id, code_key);
create index traceable_by_skeleton on traceable (org_id, skeleton);

create table identifier (
  org_id bigint not null,
  scheme text not null,
  value_key text not null,
  names text not null,
  no bigint not null,
  value text not null,
  primary key (org_id, value_key, scheme, names, no),
  check (names in ('traceable', 'order', 'shipment', 'item', 'party', 'place', 'resource'))
);
create index identifier_by_thing on identifier (org_id, names, no);
