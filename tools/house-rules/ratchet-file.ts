import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source.ts'

/** Offenders of a rule by name (`path` or `path#function`) with their measure. */
export type Offenders = { readonly [name: string]: number }

/** The committed file of offenders that are tolerated because they are old. */
export const ratchetPath = 'tools/house-rules/ratchet.json'

/** What is tolerated under one rule. */
export function toleratedBy(rule: string): Offenders {
  const all: { readonly [rule: string]: Offenders } = JSON.parse(
    readFileSync(join(root, ratchetPath), 'utf8'),
  )
  return all[rule] ?? {}
}
