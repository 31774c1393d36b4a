import { hash, type Options, verify } from '@node-rs/argon2'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { Gate } from '../plant/gate.ts'

/** OWASP's floor for Argon2id: 19 MiB, two passes, one lane. About 15 ms here, and as dear for whoever steals the table. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const passwordMin = 8
export const passwordMax = 200

/** Hashing has its own queue, so that a storm of sign-ins leaves a processor to the floor. */
const queue = new Gate(1)

/** The text that is hashed: one form for what different keyboards send for the same letters. */
function canonical(password: string): string {
  return password.normalize('NFKC')
}

export function hashPassword(password: string): Promise<string> {
  return queue.through(() => hash(canonical(password), cost))
}

/** Costs the same where there is no password to compare with, so that the time tells nothing. */
export async function isPassword(stored: string | null, given: string): Promise<boolean> {
  const against = stored ?? (await nobodysHash())
  const same = await queue.through(() => verify(against, canonical(given)))
  return same && stored !== null
}

let nobodys: Promise<string> | undefined
function nobodysHash(): Promise<string> {
  return (nobodys ??= hashPassword('nobody has this password'))
}

/**
 * Why this may not be a password; undefined when it may. Length and what everybody tries first are all that counts: no rule
 * about kinds of letters, no end date.
 */
export async function refusePassword(password: string, signInName: string): Promise<Refusal | undefined> {
  const length = [...canonical(password)].length
  if (length < passwordMin || password.length > passwordMax) return passwordLength(length)
  if (await isCommon(canonical(password), signInName)) return passwordCommon()
  return undefined
}

let common: Promise<ReadonlySet<string>> | undefined

/** Read at the first password that is set: the list is of no use before. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  return (common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  ))
}

async function isCommon(password: string, signInName: string): Promise<boolean> {
  const folded = password.toLowerCase()
  const bare = folded.replace(/[^\p{L}]+$/u, '')
  const own = ['lotline', signInName.toLowerCase()].filter((word) => word.length > 2)
  if (new Set(folded).size < 3 || own.some((word) => bare === word || folded === word.repeat(2))) return true
  return (await commonPasswords()).has(folded)
}

function passwordLength(length: number): Refusal<'password_length'> {
  return refuse('password_length', {
    message: `The password has ${length} characters.`,
    fix: `Take ${passwordMin} to ${passwordMax}; 15 or more are better, such as four words that have nothing to do with each other.`,
    field: 'password',
  })
}

function passwordCommon(): Refusal<'password_common'> {
  return refuse('password_common', {
    message:
      'This password is among those that are tried first: it is common, was published after a theft, or is the name itself.',
    fix: 'Take another, such as four words that have nothing to do with each other.',
    field: 'password',
  })
}
