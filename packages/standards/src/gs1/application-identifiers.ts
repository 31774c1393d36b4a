import { goodsTable } from './ai-table-goods.ts'
import { logisticsTable } from './ai-table-logistics.ts'
import { assert } from '@lotline/core/base/assert'

export type CharacterSet = 'N' | 'X' | 'Y' | 'Z'

/** One part of the data of an application identifier. Only the last part of an identifier varies in length. */
export interface AiPart {
  readonly set: CharacterSet
  /** Shortest length when the part is there. */
  readonly lengthMin: number
  readonly lengthMax: number
  readonly optional: boolean
  readonly rules: readonly string[]
}

export interface ApplicationIdentifier {
  readonly ai: string
  readonly title: string
  readonly parts: readonly AiPart[]
  /** True: the length is known from the first two digits, so no separator is needed after it. */
  readonly fixed: boolean
  readonly digitalLink: {
    readonly key: boolean
    readonly attribute: boolean
    /** For a key: the allowed sequences of qualifiers, each in path order. */
    readonly qualifiers: readonly (readonly string[])[]
  }
  /** One pattern of each group must be present; `+` inside a pattern joins identifiers that must all be there. */
  readonly needs: readonly (readonly string[])[]
  readonly excludes: readonly string[]
}

function readPart(text: string): AiPart {
  const [shape = '', ...rules] = text.split(':')
  const parts = /^([NXYZ])(\.\.)?(\d+)(\?)?$/.exec(shape)
  assert(parts, `bad part ${text} in the identifier table`)
  const lengthMax = Number(parts[3])
  return {
    set: setOf(parts[1] ?? ''),
    lengthMin: parts[2] === undefined ? lengthMax : 1,
    lengthMax,
    optional: parts[4] !== undefined,
    rules,
  }
}

function setOf(letter: string): CharacterSet {
  return letter === 'N' || letter === 'Y' || letter === 'Z' ? letter : 'X'
}

function readRole(role: string): ApplicationIdentifier['digitalLink'] {
  const key = role.startsWith('key')
  const sequences = role.replace('!', '').split(':')[1]
  return {
    key,
    attribute: role === 'attribute' || role.endsWith('!'),
    qualifiers: sequences === undefined ? [] : sequences.split('/').map((sequence) => sequence.split('>')),
  }
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ')
}

function readRow(line: string): ApplicationIdentifier[] {
  const cells = line.split('|').map((cell) => cell.trim())
  const [numbers = '', parts = '', length = '', role = '', needs = '', excludes = '', title = ''] = cells
  const [first = '', last = first] = numbers.split('..')
  const rows: ApplicationIdentifier[] = []
  for (let number = Number(first); number <= Number(last); number++) {
    rows.push({
      ai: String(number).padStart(first.length, '0'),
      title,
      parts: words(parts).map(readPart),
      fixed: length === 'fixed',
      digitalLink: readRole(role),
      needs: needs === '' ? [] : needs.split(' & ').map(words),
      excludes: words(excludes),
    })
  }
  return rows
}

/** All application identifiers of the release, by number. */
export const applicationIdentifiers: ReadonlyMap<string, ApplicationIdentifier> = new Map(
  `${goodsTable}${logisticsTable}`
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap(readRow)
    .map((row) => [row.ai, row]),
)

/** The identifier that begins at `at`; numbers are prefix-free, so at most one fits. */
export function identifierAt(text: string, at: number): ApplicationIdentifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = applicationIdentifiers.get(text.slice(at, at + length))
    if (found) return found
  }
  return undefined
}

export function lengthMaxOf(definition: ApplicationIdentifier): number {
  return definition.parts.reduce((sum, part) => sum + part.lengthMax, 0)
}
