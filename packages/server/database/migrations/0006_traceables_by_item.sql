-- Candidates of a gap are the lots of an item that were on hand at a time, and stock is listed by item: both begin with
-- the traceables of the item. One more index entry per traceable, none per movement.
create index traceable_by_item on traceable (org_id, item);
