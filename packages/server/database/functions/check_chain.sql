-- After an insert into the chain: positions go on without a gap, and every row names the leaf before it.
create or replace function check_chain() returns trigger language plpgsql set search_path from current as $$
declare
  broken record;
begin
  select a.org_id, a.position into broken
    from added a
    left join ledger_leaf before on before.org_id = a.org_id and before.position = a.position - 1
   where a.prev is distinct from
         case when a.position = 0 then decode(repeat('00', 32), 'hex') else before.leaf end
   order by a.org_id, a.position
   limit 1;
  if found then
    raise exception 'position % of ledger % does not continue the chain', broken.position, broken.org_id
      using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
