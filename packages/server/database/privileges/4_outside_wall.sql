-- The wall of other companies: questions of a customer's person run as lotline_outside, which sees what is that party's and
-- nothing else, whatever a query forgets to ask. The policies are restrictive, so they narrow the organisation's own rows,
-- and they hold for this role alone: nobody else pays for them. Unset app.party means no rows.
do $$
declare
  me constant text := '(select nullif(current_setting(''app.party'', true), '''')::bigint)';
  own_traceable constant text := 'exists (select 1 from traceable t where t.org_id = %1$I.org_id and t.no = %1$I.%2$s and t.owner = ' || me || ')';
  seen_traceable constant text := 'exists (select 1 from traceable t where t.org_id = %1$I.org_id and t.no = %1$I.%2$s)';
  own_end constant text := 'exists (select 1 from node n where n.org_id = edge.org_id and n.no = edge.%1$I and (n.traceable is null
    or exists (select 1 from traceable t where t.org_id = n.org_id and t.no = n.traceable and t.owner = ' || me || ')))';
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
      -- A lot is theirs if they own it, or if it was shipped to them. A tank is the plant's, whoever owns what is in it now.
      ('traceable', 'owner = ' || me || ' and kind <> ''vessel'' or exists (select 1 from shipment_line l where l.org_id = traceable.org_id and l.traceable = traceable.no)
         or kind = ''container'' and exists (select 1 from shipment_line l where l.org_id = traceable.org_id and l.container = traceable.no)'),
      ('shipment', 'customer = ' || me),
      ('shipment_line', 'exists (select 1 from shipment s where s.org_id = shipment_line.org_id and s.no = shipment_line.shipment)'),
      ('shop_order', 'party = ' || me),
      ('order_line', 'exists (select 1 from shop_order o where o.org_id = order_line.org_id and o.no = order_line.order_no)'),
      ('party', 'no = ' || me),
      -- Sought from their own lots and shipments: the time this takes must not grow with what others have of an item.
      ('item', 'owner = ' || me || ' or exists (select 1 from traceable t where t.org_id = item.org_id and t.item = item.no and t.owner = ' || me || ')
         or no in (select t.item from shipment s join shipment_line l on l.org_id = s.org_id and l.shipment = s.no
           join traceable t on t.org_id = l.org_id and t.no = l.traceable where s.customer = ' || me || ')'),
      -- Of what was only shipped to them, what happened to the rest of the lot is not theirs.
      ('stock', format(own_traceable, 'stock', 'traceable') || ' or holder_kind = ''customer'' and holder = ' || me),
      ('movement', format(own_traceable, 'movement', 'traceable') || ' or holder_kind = ''customer'' and holder = ' || me),
      ('hold', 'traceable is not null and ' || format(own_traceable, 'hold', 'traceable')),
      -- A hole in the making of what is theirs makes their answers less than whole, and must be in them.
      ('gap', 'case when traceable is not null then ' || format(own_traceable, 'gap', 'traceable') || '
         else exists (select 1 from node p join edge e on e.org_id = p.org_id and e.source = p.no
           join node n on n.org_id = p.org_id and n.no = e.target
           join traceable t on t.org_id = p.org_id and t.no = n.traceable
          where p.org_id = gap.org_id and p.process_key = gap.process_key and t.owner = ' || me || ') end'),
      ('inspection', format(own_traceable, 'inspection', 'traceable')),
      ('document', format(own_traceable, 'document', 'traceable')),
      -- One fact may name things of several companies, in its body too.
      ('mention', 'false'),
      ('event', 'false'),
      ('containment', format(seen_traceable, 'containment', 'container') || ' and ' || format(seen_traceable, 'containment', 'child')),
      ('installation', format(seen_traceable, 'installation', 'unit') || ' and ' || format(seen_traceable, 'installation', 'part')),
      ('reservation', 'exists (select 1 from shop_order o where o.org_id = reservation.org_id and o.no = reservation.order_no)'),
      ('place', 'exists (select 1 from stock s where s.org_id = place.org_id and s.holder_kind = ''place'' and s.holder = place.no)'),
      -- Processes have no row that names anybody; what ran in them is told by facts, which are not given.
      ('node', 'traceable is null or ' || format(seen_traceable, 'node', 'traceable')),
      -- An edge says how much was used or made, which is told of their own lots alone.
      ('edge', format(own_end, 'source') || ' and ' || format(own_end, 'target')),
      ('operation', 'exists (select 1 from shop_order o where o.org_id = operation.org_id and o.no = operation.order_no)'),
      ('process_fact', 'kind in (''order'', ''operation'') and exists (select 1 from shop_order o where o.org_id = process_fact.org_id and o.no = process_fact.ref)'),
      ('exception', 'false'),
      ('identifier', 'case names
           -- Of a lot that is not theirs, other companies may have names of their own.
           when ''traceable'' then exists (select 1 from traceable t where t.org_id = identifier.org_id and t.no = identifier.no
             and (t.owner = ' || me || ' or identifier.scheme in (''code'', ''uri'', ''gs1'')))
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
