import {
  checkLog,
  invalid,
  type OcelEvent,
  type OcelLog,
  type OcelObject,
  type OcelRefusal,
  ocelTime,
} from './log.ts'

/** Rows of one table of an OCEL 2.0 SQLite file, values as text; null values are left out. */
export type OcelRows = readonly Readonly<Record<string, string>>[]

/**
 * Builds a log from the tables of an OCEL 2.0 SQLite file. `table` gives the rows of a table, none if it is absent. Each
 * type has a table of its own (`event_<map>`, `object_<map>`) with times and attributes. O(n).
 */
export function readOcelRows(table: (name: string) => OcelRows): OcelLog | OcelRefusal {
  const events: OcelEvent[] = []
  const links = relations(table('event_object'), 'ocel_event_id', 'ocel_object_id')
  const details = new Map<string, Readonly<Record<string, string>>>()
  for (const { ocel_type_map: map = '' } of table('event_map_type')) {
    for (const row of table(`event_${map}`)) details.set(row['ocel_id'] ?? '', row)
  }
  for (const { ocel_id: id = '', ocel_type: type = '' } of table('event')) {
    const { ocel_id: _id, ocel_time: time = '', ...attributes } = details.get(id) ?? {}
    const at = ocelTime(time)
    if (at === undefined)
      return invalid(`event ${JSON.stringify(id)} has no time: ${JSON.stringify(time)}`, id)
    events.push({ id, type, at, atGiven: time, attributes, objects: links.get(id) ?? [] })
  }
  const log = { events, objects: objectsOf(table) }
  return checkLog(log) ?? log
}

function objectsOf(table: (name: string) => OcelRows): readonly OcelObject[] {
  const related = relations(table('object_object'), 'ocel_source_id', 'ocel_target_id')
  const attributes = new Map<string, Record<string, string>>()
  for (const { ocel_type_map: map = '' } of table('object_map_type')) {
    const rows = [...table(`object_${map}`)].sort((a, b) =>
      (a['ocel_time'] ?? '') < (b['ocel_time'] ?? '') ? -1 : 1,
    )
    for (const { ocel_id: id = '', ocel_time: _time, ocel_changed_field: _field, ...values } of rows) {
      attributes.set(id, { ...attributes.get(id), ...values })
    }
  }
  return table('object').map(({ ocel_id: id = '', ocel_type: type = '' }) => ({
    id,
    type,
    attributes: attributes.get(id) ?? {},
    related: related.get(id) ?? [],
  }))
}

function relations(rows: OcelRows, from: string, to: string) {
  const byId = new Map<string, { object: string; qualifier: string }[]>()
  for (const row of rows) {
    const relation = { object: row[to] ?? '', qualifier: row['ocel_qualifier'] ?? '' }
    const list = byId.get(row[from] ?? '')
    if (list) list.push(relation)
    else byId.set(row[from] ?? '', [relation])
  }
  return byId
}
