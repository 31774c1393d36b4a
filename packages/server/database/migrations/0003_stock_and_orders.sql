-- Stock, intervals, holds and orders: folds of the ledger (core/ledger/tables.ts).

create table stock (
  org_id bigint not null,
  traceable bigint not null,
  holder_kind text not null,
  holder bigint not null,
  item bigint,
  on_hand bigint not null,
  owed bigint not null,
  primary key (org_id, traceable, holder_kind, holder),
  check (on_hand >= 0),
  check (owed >= 0),
  check (on_hand = 0 or owed = 0),
  check (holder_kind in ('place', 'order', 'container', 'customer', 'subcontractor'))
);
create index stock_by_holder on stock (org_id, holder_kind, holder);
create index stock_by_item_and_holder on stock (org_id, item, holder_kind, holder);

create table movement (
  org_id bigint not null,
  position bigint not null,
  ordinal bigint not null,
  traceable bigint not null,
  item bigint,
  holder_kind text not null,
  holder bigint not null,
  delta bigint not null,
  cause text not null,
  order_no bigint,
  happened_at timestamptz not null,
  primary key (org_id, position, ordinal),
  check (ordinal >= 0),
  check (delta <> 0)
);
create index movement_by_traceable on movement (org_id, traceable);
create index movement_by_order on movement (org_id, order_no);

create table containment (
  org_id bigint not null,
  container bigint not null,
  child bigint not null,
  position bigint not null,
  ordinal bigint not null,
  amount bigint,
  in_at timestamptz not null,
  out_at timestamptz,
  out_position bigint,
  primary key (org_id, container, child, position, ordinal),
  check (container <> child),
  check ((out_at is null) = (out_position is null))
);
create index containment_by_child on containment (org_id, child);

create table installation (
  org_id bigint not null,
  unit bigint not null,
  part bigint not null,
  position bigint not null,
  ordinal bigint not null,
  slot text,
  amount bigint,
  in_at timestamptz not null,
  out_at timestamptz,
  out_position bigint,
  primary key (org_id, unit, part, position, ordinal),
  check (unit <> part),
  check ((out_at is null) = (out_position is null))
);
create index installation_by_part on installation (org_id, part);

create table hold (
  org_id bigint not null,
  no bigint not null,
  root bigint not null,
  traceable bigint,
  node bigint not null,
  reason_code text not null,
  reason text not null,
  cascades boolean not null,
  placed_at timestamptz not null,
  position bigint not null,
  released_at timestamptz,
  released_position bigint,
  primary key (org_id, no),
  check ((released_at is null) = (released_position is null))
);
create index hold_by_traceable on hold (org_id, traceable);
create index hold_by_node on hold (org_id, node);
create index hold_by_root on hold (org_id, root);
-- One open hold of a root on a node: releasing it frees the node from this reason, and from no other.
create unique index hold_open on hold (org_id, root, node) where released_at is null;

create table shop_order (
  org_id bigint not null,
  no bigint not null,
  kind text not null,
  code text not null,
  code_key text not null,
  party bigint,
  item bigint,
  amount bigint,
  done bigint not null,
  place bigint,
  bom bigint,
  routing bigint,
  due_on date,
  status text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  attributes jsonb not null,
  primary key (org_id, no),
  check (kind in ('purchase', 'work', 'customer', 'transfer', 'subcontract')),
  check (status in ('open', 'closed'))
);
create index shop_order_by_code on shop_order (org_id, code_key);

create table order_line (
  org_id bigint not null,
  order_no bigint not null,
  line bigint not null,
  item bigint not null,
  amount bigint not null,
  done bigint not null,
  primary key (org_id, order_no, line),
  check (amount >= 0)
);
create index order_line_by_item on order_line (org_id, item);

create table reservation (
  org_id bigint not null,
  no bigint not null,
  order_no bigint not null,
  item bigint not null,
  traceable bigint not null,
  amount bigint not null,
  position bigint not null,
  ended_position bigint,
  primary key (org_id, no),
  check (amount > 0)
);
create index reservation_by_order on reservation (org_id, order_no);
create index reservation_by_traceable on reservation (org_id, traceable);
