/**
 * Labels that were scanned and name nothing, or something void: exceptions without a fact, for which the refused attempt
 * stands. One for each label, from its first scan on; closed by the fact that gave the label a meaning. Columns as those
 * of `exception`, the label beside.
 */
export const scannedLabels = `select distinct on (a.org_id, a.code, a.refusal ->> 'value')
    a.org_id, null::bigint as no, a.code, a.refusal ->> 'message' as message, a.refusal ->> 'fix' as fix,
    null::bigint as traceable, a.refusal ->> 'value' as label, a.recorded_at as happened_at, null::bigint as position,
    (select min(n.position) from identifier i join traceable n on n.org_id = i.org_id and n.no = i.no
      where i.org_id = a.org_id and i.value_key = a.refusal ->> 'value' and i.names = 'traceable'
        and n.status <> 'void') as closed_position
  from attempt a where a.code in ('lot_unknown', 'lot_void')
 order by a.org_id, a.code, a.refusal ->> 'value', a.recorded_at`
