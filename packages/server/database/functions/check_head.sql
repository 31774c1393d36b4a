-- The head only moves forward, and only to where the chain stands.
create or replace function check_head() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.next_position <> 0 then
      raise exception 'a new ledger begins at position 0' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  -- Written anew as it stands: only its version changes, which tells writers that the tables are not what they remember.
  if new is not distinct from old then
    return new;
  end if;
  if new.next_position <= old.next_position or new.recorded_at < old.recorded_at then
    raise exception 'the head of ledger % only moves forward', new.org_id using errcode = 'restrict_violation';
  end if;
  if new.leaf is distinct from
     (select leaf from ledger_leaf l where l.org_id = new.org_id and l.position = new.next_position - 1)
  then
    raise exception 'the head of ledger % does not stand on its last leaf', new.org_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
