-- After an insert into the chain: positions go on without a gap, and every row names the leaf before it. Rows of one
-- statement are compared with each other in order; only the first of each ledger is looked up.
create or replace function check_chain() returns trigger language plpgsql set search_path from current as $$
declare
  broken record;
  first record;
  before_first bigint;
  known bytea;
begin
  select o.org_id, o.position into broken
    from (select org_id, position, prev,
                 lag(position) over ledger as before_position, lag(leaf) over ledger as before_leaf
            from added window ledger as (partition by org_id order by position)) o
   where o.before_position is not null
     and (o.position <> o.before_position + 1 or o.prev is distinct from o.before_leaf)
   order by o.org_id, o.position
   limit 1;
  if found then
    raise exception 'position % of ledger % does not continue the chain', broken.position, broken.org_id
      using errcode = 'restrict_violation';
  end if;
  for first in select distinct on (org_id) org_id, position, prev from added order by org_id, position loop
    before_first := first.position - 1;
    select leaf into known from ledger_leaf where org_id = first.org_id and position = before_first;
    if first.prev is distinct from (case when before_first = -1 then decode(repeat('00', 32), 'hex') else known end) then
      raise exception 'position % of ledger % does not continue the chain', first.position, first.org_id
        using errcode = 'restrict_violation';
    end if;
  end loop;
  return null;
end
$$;
