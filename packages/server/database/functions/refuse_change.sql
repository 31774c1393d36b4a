-- Rows of the ledger and beside it are never changed and never taken away; a correction is a new event.
create or replace function refuse_change() returns trigger language plpgsql set search_path from current as $$
begin
  raise exception '% on % is refused: what was recorded stays', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end
$$;
