-- A step of a route ends only after its inspection, which is looked up by its process.
create index inspection_by_process on inspection (org_id, process_key);

-- Marks that a bypass left are shown wherever what they mark is shown; they are few among the exceptions.
create index exception_mark on exception (org_id, position) where code = 'route_bypassed';
