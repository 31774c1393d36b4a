import { Compile, type Validator } from 'typebox/compile'
import { type Command, isVerb, verbs } from '@lotline/core/catalogue'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Json } from '@lotline/core/identity/rows'
import { slipsBetween } from '../recall/slips.ts'
import { sayShape } from '../endpoint/shape-errors.ts'

const checks = new Map<string, Validator>()

/** Compiled on first use: a start need not pay for verbs that nobody asks for. */
function checkOf(verb: string): Validator | undefined {
  let check = checks.get(verb)
  if (check) return check
  const found = verbs.find((each) => each.verb === verb)
  if (!found) return undefined
  check = Compile(found.schema)
  checks.set(verb, check)
  return check
}

/** A value as the command it is meant to be, or what is wrong with its shape, in words. */
export function checkCommand(value: Json, where = ''): Command | Refusal {
  const verb = isObject(value) ? value['verb'] : undefined
  if (!isObject(value) || typeof verb !== 'string' || !isVerb(verb)) return verbUnknown(verb, where)
  const check = checkOf(verb)
  if (check?.Check(value)) return value as unknown as Command
  return sayShape(check?.Errors(value) ?? [], (field, says) =>
    commandMalformed(verb, join(where, field), says),
  )
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function join(where: string, field: string): string {
  return where === '' ? field : field === '' ? where : `${where}/${field}`
}

function verbUnknown(verb: unknown, where: string): Refusal<'verb_unknown'> {
  const given = typeof verb === 'string' ? verb.slice(0, 100) : ''
  const names = verbs.map((each) => each.verb)
  const near = given === '' ? [] : names.filter((name) => slipsBetween(name, given) <= 2)
  return refuse('verb_unknown', {
    message: given === '' ? 'The command names no verb.' : `There is no verb ${JSON.stringify(given)}.`,
    fix: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Give one of: ${names.join(', ')}.`,
    field: join(where, 'verb'),
    value: given,
  })
}

function commandMalformed(verb: string, field: string, says: string): Refusal<'command_malformed'> {
  return refuse('command_malformed', {
    message: `The command ${verb} cannot be read: ${field === '' ? 'it' : field} ${says}.`,
    fix: `Give ${verb} the fields that /docs lists for it; quantities are text, as in { "value": "12.5" }.`,
    field,
  })
}
