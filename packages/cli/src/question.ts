import type { QuestionOptions } from '@lotline/client/client'
import { UsageError } from './exit-code.ts'
import { type Given, serverOptions } from './verb.ts'

/** Flags of verbs that ask about the genealogy. */
export const questionOptions = {
  ...serverOptions,
  item: { type: 'string' },
  kind: { type: 'string' },
  all: { type: 'boolean' },
  follow: { type: 'string' },
  ring: { type: 'string' },
  'happened-from': { type: 'string' },
  'happened-to': { type: 'string' },
  'as-known-on': { type: 'string' },
} as const

export const questionHelp = `  --item CODE, --kind KIND   where an identifier names several things
  --all                      all the things it names
  --follow contains          what it contains now, instead of all it ever touched
  --ring proven|possible     weakest ring to follow
  --happened-from/-to TIME   only links that happened in between
  --as-known-on TIME|POS     as the ledger knew it then
  --json                     for programs: everything, as one JSON document`

/** The identifiers; at least one. */
export function idsIn(given: Given): readonly string[] {
  if (given.words.length === 0)
    throw new UsageError('Name at least one identifier: a lot, heat, serial, order, shipment ...')
  return given.words
}

export function questionIn(given: Given): QuestionOptions {
  const [item, kind, happenedFrom, happenedTo, asKnownOn] = [
    given.text('item'),
    given.text('kind'),
    given.text('happened-from'),
    given.text('happened-to'),
    given.text('as-known-on'),
  ]
  return {
    ...(item === undefined ? {} : { item }),
    ...(kind === undefined ? {} : { kind }),
    ...(given.has('all') ? { all: true } : {}),
    ...oneOf(given, 'follow', ['contains', 'touched'] as const),
    ...oneOf(given, 'ring', ['proven', 'possible', 'cannot-exclude'] as const),
    ...(happenedFrom === undefined ? {} : { happenedFrom }),
    ...(happenedTo === undefined ? {} : { happenedTo }),
    ...(asKnownOn === undefined ? {} : { asKnownOn }),
  }
}

/** The value of a flag that knows only some words. */
export function oneOf<Name extends string, Word extends string>(
  given: Given,
  name: Name,
  words: readonly Word[],
): { readonly [Key in Name]?: Word } {
  const text = given.text(name)
  if (text === undefined) return {}
  const word = words.find((each) => each === text)
  if (word === undefined)
    throw new UsageError(`--${name} takes ${words.join(', ')}; not ${JSON.stringify(text)}.`)
  const found: { [Key in Name]?: Word } = {}
  found[name] = word
  return found
}
