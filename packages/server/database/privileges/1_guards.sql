-- Guards of what is append-only. ENABLE ALWAYS: plain triggers stay silent when session_replication_role is `replica`.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['ledger_leaf', 'event_bytes', 'capture_key', 'attempt', 'checkpoint', 'subtree',
    'checkpoint_key', 'audit_event'] loop
    execute format('create or replace trigger no_change before update or delete on %I
                    for each row execute function refuse_change()', guarded);
    execute format('drop trigger if exists no_truncate on %I', guarded);
    execute format('create trigger no_truncate before truncate on %I
                    for each statement execute function refuse_change()', guarded);
    execute format('alter table %I enable always trigger no_change', guarded);
    execute format('alter table %I enable always trigger no_truncate', guarded);
  end loop;
end
$$;

drop trigger if exists chain on ledger_leaf;
create trigger chain after insert on ledger_leaf
  referencing new table as added for each statement execute function check_chain();
alter table ledger_leaf enable always trigger chain;

drop trigger if exists bytes on event_bytes;
create trigger bytes after insert on event_bytes
  referencing new table as added for each statement execute function check_bytes();
alter table event_bytes enable always trigger bytes;

create or replace trigger head before insert or update on ledger_head
  for each row execute function check_head();
alter table ledger_head enable always trigger head;
create or replace trigger no_change before delete on ledger_head
  for each row execute function refuse_change();
alter table ledger_head enable always trigger no_change;
drop trigger if exists no_truncate on ledger_head;
create trigger no_truncate before truncate on ledger_head
  for each statement execute function refuse_change();
alter table ledger_head enable always trigger no_truncate;
