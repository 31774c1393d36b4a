-- Events as columns and what they recorded: folds of the ledger (core/ledger/record-tables.ts).

create table event (
  org_id bigint not null,
  position bigint not null,
  id text not null,
  type text not null,
  version bigint not null,
  key text not null,
  actor text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  historical boolean not null,
  body jsonb not null,
  voided_by bigint,
  primary key (org_id, position),
  check (position >= 0)
);
create index event_by_id on event (org_id, id);
create index event_by_key on event (org_id, key);

create table mention (
  org_id bigint not null,
  traceable bigint not null,
  position bigint not null,
  primary key (org_id, traceable, position)
);
create index mention_by_event on mention (org_id, position);

create table process_fact (
  org_id bigint not null,
  position bigint not null,
  ordinal bigint not null,
  process_key text not null,
  kind text not null,
  ref bigint,
  name text not null,
  value text,
  unit text,
  out_of_range boolean not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (org_id, position, ordinal)
);
create index process_fact_by_process on process_fact (org_id, process_key);
create index process_fact_by_ref on process_fact (org_id, kind, ref);

create table operation (
  org_id bigint not null,
  process_key text not null,
  order_no bigint,
  operation text,
  unit bigint,
  started_at timestamptz,
  completed_at timestamptz,
  primary key (org_id, process_key)
);
create index operation_by_order on operation (org_id, order_no);

create table shipment (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  code_key text not null,
  customer bigint not null,
  order_no bigint,
  shipped_at timestamptz not null,
  delivered_at timestamptz,
  carrier text,
  reference text,
  position bigint not null,
  primary key (org_id, no)
);
create index shipment_by_code on shipment (org_id, code_key);
create index shipment_by_customer on shipment (org_id, customer);

create table shipment_line (
  org_id bigint not null,
  shipment bigint not null,
  position bigint not null,
  ordinal bigint not null,
  traceable bigint not null,
  container bigint,
  amount bigint not null,
  returned bigint not null,
  at timestamptz not null,
  primary key (org_id, shipment, position, ordinal),
  check (amount >= 0),
  check (returned >= 0),
  check (returned <= amount)
);
create index shipment_line_by_traceable on shipment_line (org_id, traceable);

create table gap (
  org_id bigint not null,
  no bigint not null,
  kind text not null,
  traceable bigint,
  process_key text,
  item bigint,
  order_no bigint,
  place bigint,
  detail text not null,
  happened_at timestamptz not null,
  position bigint not null,
  closed_position bigint,
  primary key (org_id, no)
);
create index gap_by_traceable on gap (org_id, traceable);
create index gap_by_process on gap (org_id, process_key);

create table exception (
  org_id bigint not null,
  no bigint not null,
  code text not null,
  message text not null,
  fix text not null,
  traceable bigint,
  order_no bigint,
  position bigint not null,
  happened_at timestamptz not null,
  closed_position bigint,
  primary key (org_id, no)
);
create index exception_by_traceable on exception (org_id, traceable);

create table inspection (
  org_id bigint not null,
  position bigint not null,
  ordinal bigint not null,
  traceable bigint,
  process_key text,
  kind text not null,
  verdict text not null,
  gauge bigint,
  results jsonb not null,
  at timestamptz not null,
  primary key (org_id, position, ordinal),
  check (verdict in ('pass', 'fail', 'conditional'))
);
create index inspection_by_traceable on inspection (org_id, traceable);
create index inspection_by_gauge on inspection (org_id, gauge);

create table document (
  org_id bigint not null,
  position bigint not null,
  ordinal bigint not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  kind text not null,
  traceable bigint,
  order_no bigint,
  primary key (org_id, position, ordinal),
  check (size >= 0),
  check (sha256 ~ '^[0-9a-f]{64}$')
);
create index document_by_traceable on document (org_id, traceable);
create index document_by_order on document (org_id, order_no);
