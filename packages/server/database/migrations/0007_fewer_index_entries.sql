-- What a capture costs is mostly index entries and converted JSON. Nothing that is asked for goes: indexes that no query uses
-- are dropped, those over mostly empty columns leave the empty rows out, and those over positions, which only ever grow, become
-- block ranges. JSON that is only read as a whole is kept as text. Rewrites event and touch: a minute for some million rows.

drop index edge_by_event;
drop index event_by_key;
drop index edge_by_added;
create index edge_by_added on edge using brin (org_id, added_at) with (pages_per_range = 32);
drop index node_by_position;
create index node_by_position on node using brin (org_id, position) with (pages_per_range = 32);
drop index node_by_traceable;
create index node_by_traceable on node (org_id, traceable) where traceable is not null;
drop index node_by_process_key;
create index node_by_process_key on node (org_id, process_key) where process_key is not null;
drop index touch_by_pair;
create index touch_by_pair on touch (org_id, traceable, other) where other is not null;
drop index movement_by_order;
create index movement_by_order on movement (org_id, order_no) where order_no is not null;
drop index process_fact_by_ref;
create index process_fact_by_ref on process_fact (org_id, kind, ref) where ref is not null;

alter table event alter column body type json using body::json;
alter table touch
  alter column other_states type json using other_states::json,
  alter column other_processes type json using other_processes::json,
  alter column links type json using links::json,
  alter column edges type json using edges::json;

-- The tails of traceables are found by number, those of runs by the key of their process.
create table traceable_tail (
  org_id bigint not null,
  traceable bigint not null,
  tail json not null,
  primary key (org_id, traceable)
);
create table run_tail (
  org_id bigint not null,
  process_key text not null,
  tail json not null,
  primary key (org_id, process_key)
);
-- Row security binds the owner too, so the rows go over one organisation at a time.
do $$
declare
  moved bigint;
begin
  for moved in select org_id from organisation loop
    perform set_config('app.org', moved::text, true);
    insert into traceable_tail select org_id, id::bigint, tail::json from timeline where line = 'traceable';
    insert into run_tail select org_id, id, tail::json from timeline where line = 'run';
  end loop;
end
$$;
drop table timeline;
