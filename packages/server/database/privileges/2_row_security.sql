-- Every table of an organisation shows only the rows of the organisation the transaction stands for; unset means none.
-- FORCE: the owner of the tables is bound too. The directory itself (organisation) holds no shop data.
do $$
declare
  covered record;
begin
  for covered in
    select c.relname
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'organisation'
  loop
    execute format('alter table %I enable row level security', covered.relname);
    execute format('alter table %I force row level security', covered.relname);
    execute format('drop policy if exists own_organisation on %I', covered.relname);
    -- The sub-select is evaluated once a statement instead of once a row.
    execute format(
      'create policy own_organisation on %I
         using (org_id = (select nullif(current_setting(''app.org'', true), '''')::bigint))
         with check (org_id = (select nullif(current_setting(''app.org'', true), '''')::bigint))',
      covered.relname);
  end loop;
end
$$;
