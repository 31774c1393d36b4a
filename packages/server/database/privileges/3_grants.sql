-- app: reads all, appends to the ledger, keeps the folds. verify: reads all. Nobody but these two and the owner.
do $$
declare
  target record;
begin
  execute format('revoke all on schema %I from public', current_schema());
  execute format('grant usage on schema %I to lotline_app, lotline_verify', current_schema());
  for target in
    select relname from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
  loop
    execute format('revoke all on %I from public, lotline_app, lotline_verify', target.relname);
    execute format('grant select on %I to lotline_app, lotline_verify', target.relname);
    if target.relname in ('ledger_leaf', 'event_bytes', 'capture_key', 'attempt', 'checkpoint', 'subtree',
                          'checkpoint_key', 'organisation', 'audit_event') then
      execute format('grant insert on %I to lotline_app', target.relname);
    elsif target.relname = 'ledger_head' then
      execute format('grant insert, update on %I to lotline_app', target.relname);
    elsif target.relname <> 'schema_migration' then
      execute format('grant insert, update, delete on %I to lotline_app', target.relname);
    end if;
  end loop;
end
$$;
