import { expect } from 'vitest'
import { type Offenders, ratchetPath, toleratedBy } from './ratchet-file.ts'

/** Fails with one line for each offence, so that the list reads as a list of what to mend. */
export function expectNone(offences: readonly string[]): void {
  if (offences.length > 0) expect.fail(`${offences.length} to mend:\n  ${offences.join('\n  ')}\n`)
}

/**
 * Checks a rule against what is tolerated: no new offender, none grown, and none listed that has been mended. So the list
 * can only become shorter. `remedy` tells what to do with a new offender.
 */
export function expectRatchet(rule: string, offenders: Offenders, remedy: string): void {
  const tolerated = toleratedBy(rule)
  const complaints = Object.entries(offenders).flatMap(([name, measure]) => {
    const old = tolerated[name]
    if (old === undefined) return [`${name} (${measure}): ${remedy}`]
    return measure > old ? [`${name} grew from ${old} to ${measure}: ${remedy}`] : []
  })
  const mended = Object.entries(tolerated).flatMap(([name, old]) => {
    const measure = offenders[name]
    if (measure === undefined) return [`${name} is mended: take it out of ${ratchetPath} under "${rule}"`]
    return measure < old ? [`${name} shrank to ${measure}: write that in ${ratchetPath} under "${rule}"`] : []
  })
  expectNone([...complaints, ...mended])
}
