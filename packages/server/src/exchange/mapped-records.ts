import { type Instant, parseInstant } from '@lotline/core/base/instant'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { JsonObject } from '@lotline/standards/json/json-value'
import type { FilledRecord, Mapping } from '@lotline/standards/tables/mapping'
import { badMapping } from '@lotline/standards/tables/template'
import { checkCommand } from '../capture/check-command.ts'
import {
  type BareCommand,
  ContentIdentities,
  contentHash,
  definitionRecord,
  type ImportRecord,
} from './import-record.ts'
import { plainObject } from './plain-json.ts'

/** A record that a mapping filled, with the time its first command gives. */
export interface MappedRecord {
  readonly record: ImportRecord
  readonly at: Instant | undefined
}

/**
 * Turns filled templates into records: commands are checked against their verbs, definitions are taken out and said once, and
 * records without an identity of their own get one from their content.
 */
export class MappedRecords {
  readonly #mapping: Mapping
  readonly #identities = new ContentIdentities()
  readonly #definitions = new Map<string, ImportRecord>()

  constructor(mapping: Mapping) {
    this.#mapping = mapping
  }

  /** What the mapping itself sets up before any record. */
  before(): Refusal | undefined {
    for (const [index, template] of this.#mapping.before.entries()) {
      const command = this.#checked(template, `"before", entry ${index + 1}`)
      if (isRefusal(command)) return command
      if (!this.#isDefinition(command)) {
        return badMapping(`"before" may only define; its entry ${index + 1} does something else`)
      }
    }
    return undefined
  }

  /** One record; `undefined` where nothing but definitions came of it. */
  of(filled: FilledRecord): MappedRecord | undefined | Refusal {
    const commands: BareCommand[] = []
    for (const filledCommand of filled.commands) {
      const command = this.#checked(filledCommand, filled.place)
      if (isRefusal(command)) return command
      if (!this.#isDefinition(command)) commands.push(command)
    }
    const content = plainObject(filled.content)
    const id = filled.id ?? this.#identities.of(content)
    if (commands.length === 0) return undefined
    const [first] = commands
    const record = { place: filled.place, id, system: this.#mapping.system, content, commands }
    return { record, at: first?.happenedAt === undefined ? undefined : parseInstant(first.happenedAt) }
  }

  definitions(): readonly ImportRecord[] {
    return [...this.#definitions.values()]
  }

  /** Definitions come first and once, in the order they are met; places may lie in places. */
  #isDefinition(command: BareCommand): boolean {
    if (command.verb !== 'define') return false
    const record = definitionRecord(this.#mapping.system, command)
    if (!this.#definitions.has(record.id)) this.#definitions.set(record.id, record)
    return true
  }

  #checked(filled: JsonObject, place: string): BareCommand | Refusal {
    const value = plainObject(filled)
    for (const name of ['key', 'historical', 'source']) {
      if (Object.hasOwn(value, name))
        return badMapping(`${place} gives ${name}, which the import itself gives`)
    }
    const command = checkCommand(value)
    if (!isRefusal(command)) return command
    return { ...command, message: `${place}: ${command.message}`, field: `${place}/${command.field ?? ''}` }
  }
}

/**
 * Records in order of time, where all of them tell one; else as they came. At the same moment by identity, so that a shuffled
 * file gives the same order as the sorted one.
 */
export function inTimeOrder(records: readonly MappedRecord[]): readonly ImportRecord[] {
  if (records.some(({ at }) => at === undefined)) return records.map(({ record }) => record)
  const keyed = records.map(({ record, at }) => ({
    record,
    at: at ?? '',
    rank: rankOf(record),
    hash: contentHash(record.id),
  }))
  keyed.sort((a, b) =>
    a.at !== b.at ? (a.at < b.at ? -1 : 1) : a.rank - b.rank || (a.hash < b.hash ? -1 : 1),
  )
  return keyed.map(({ record }) => record)
}

/** At the same moment, what brings in comes before what uses, and what uses before what sends out. */
function rankOf({ commands }: ImportRecord): number {
  const order = [
    'open',
    'receive',
    'subcontract-receive',
    'issue',
    'start',
    'consume',
    'produce',
    'pack',
    'ship',
    'deliver',
  ]
  const ranks = commands.map(({ verb }) => order.indexOf(verb)).filter((rank) => rank >= 0)
  return ranks.length === 0 ? order.length : Math.min(...ranks)
}
