-- The wall of other companies: questions of a customer's person run as lotline_outside, which sees what is that party's and
-- nothing else, whatever a query forgets to ask. The policies are restrictive, so they narrow the organisation's own rows,
-- and they hold for this role alone: nobody else pays for them. Unset app.party means no rows.
do $$
declare
  me constant text := '(select nullif(current_setting(''app.party'', true), '''')::bigint)';
  own_traceable constant text := 'exists (select 1 from traceable t where t.org_id = %1$I.org_id and t.no = %1$I.%2$s and t.owner = ' || me || ')';
  seen_traceable constant text := 'exists (select 1 from traceable t where t.org_id = %1$I.org_id and t.no = %1$I.%2$s)';
  target record;
  wall record;
begin
  for target in
    select relname from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
  loop
    execute format('revoke all on %I from lotline_outside', target.relname);
    execute format('drop policy if exists outside_wall on %I', target.relname);
  end loop;
  execute format('grant usage on schema %I to lotline_outside', current_schema());
  for wall in
    select * from (values
      -- A lot is theirs if they own it, or if it was shipped to them.
      ('traceable', 'owner = ' || me || ' or exists (select 1 from shipment_line l where l.org_id = traceable.org_id and l.traceable = traceable.no)
         or kind = ''container'' and exists (select 1 from shipment_line l where l.org_id = traceable.org_id and l.container = traceable.no)'),
      ('shipment', 'customer = ' || me),
      ('shipment_line', 'exists (select 1 from shipment s where s.org_id = shipment_line.org_id and s.no = shipment_line.shipment)'),
      ('shop_order', 'party = ' || me),
      ('order_line', 'exists (select 1 from shop_order o where o.org_id = order_line.org_id and o.no = order_line.order_no)'),
      ('party', 'no = ' || me),
      ('item', 'owner = ' || me || ' or exists (select 1 from traceable t where t.org_id = item.org_id and t.item = item.no)'),
      -- Of what was only shipped to them, what happened to the rest of the lot is not theirs.
      ('stock', format(own_traceable, 'stock', 'traceable') || ' or holder_kind = ''customer'' and holder = ' || me),
      ('movement', format(own_traceable, 'movement', 'traceable') || ' or holder_kind = ''customer'' and holder = ' || me),
      ('hold', 'traceable is not null and ' || format(own_traceable, 'hold', 'traceable')),
      ('gap', 'traceable is not null and ' || format(own_traceable, 'gap', 'traceable')),
      ('inspection', format(own_traceable, 'inspection', 'traceable')),
      ('document', format(own_traceable, 'document', 'traceable')),
      ('mention', format(seen_traceable, 'mention', 'traceable')),
      ('event', 'exists (select 1 from mention m where m.org_id = event.org_id and m.position = event.position)'),
      ('containment', format(seen_traceable, 'containment', 'container') || ' and ' || format(seen_traceable, 'containment', 'child')),
      ('installation', format(seen_traceable, 'installation', 'unit') || ' and ' || format(seen_traceable, 'installation', 'part')),
      ('reservation', 'exists (select 1 from shop_order o where o.org_id = reservation.org_id and o.no = reservation.order_no)'),
      ('place', 'exists (select 1 from stock s where s.org_id = place.org_id and s.holder_kind = ''place'' and s.holder = place.no)'),
      -- Processes have no row that names anybody; what ran in them is told by facts, which are not given.
      ('node', 'traceable is null or ' || format(seen_traceable, 'node', 'traceable')),
      ('edge', 'exists (select 1 from node n where n.org_id = edge.org_id and n.no = edge.source)
         and exists (select 1 from node n where n.org_id = edge.org_id and n.no = edge.target)'),
      ('operation', 'exists (select 1 from shop_order o where o.org_id = operation.org_id and o.no = operation.order_no)'),
      ('process_fact', 'kind in (''order'', ''operation'') and exists (select 1 from shop_order o where o.org_id = process_fact.org_id and o.no = process_fact.ref)'),
      ('exception', 'false'),
      ('identifier', 'case names
           when ''traceable'' then exists (select 1 from traceable t where t.org_id = identifier.org_id and t.no = identifier.no)
           when ''order'' then exists (select 1 from shop_order t where t.org_id = identifier.org_id and t.no = identifier.no)
           when ''shipment'' then exists (select 1 from shipment t where t.org_id = identifier.org_id and t.no = identifier.no)
           when ''item'' then exists (select 1 from item t where t.org_id = identifier.org_id and t.no = identifier.no)
           when ''party'' then no = ' || me || '
           else false end'),
      ('resource', 'false'),
      ('definition', 'false'),
      -- Where the ledger stands, which every answer says: a number, of all facts together.
      ('ledger_head', 'true')
    ) as walls(name, condition)
  loop
    execute format('grant select on %I to lotline_outside', wall.name);
    execute format('create policy outside_wall on %I as restrictive for select to lotline_outside using (%s)',
                   wall.name, wall.condition);
  end loop;
end
$$;
