import type { ProblemBody } from '../../shared/problem.ts'
import type { CaptureRecord } from './capture-record.ts'

/** What the server said to one capture. `later`: it said nothing that settles it, so it is sent again. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly position: number; readonly made: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: ProblemBody }
  | { readonly kind: 'later'; readonly why: 'unreachable' | 'busy' | 'sign-in' }

/** What sending needs of the store and of the network; tests give their own. */
export interface Outbox {
  waiting(): Promise<readonly CaptureRecord[]>
  byKey(key: string): Promise<CaptureRecord | undefined>
  tried(record: CaptureRecord): Promise<boolean>
  settle(record: CaptureRecord, change: Partial<CaptureRecord>): Promise<void>
  post(record: CaptureRecord, event: number | undefined): Promise<Verdict>
}

const jobsAtOnce = 4

/**
 * Sends everything that waits, once: the captures of a job one after the other in the order they were made, several jobs
 * side by side. A capture that cannot be settled ends its job for this time, and no other. Gives why not all went, if so.
 */
export async function sendAll(outbox: Outbox): Promise<'unreachable' | 'busy' | 'sign-in' | undefined> {
  const jobs = [...byJob(await outbox.waiting()).values()]
  let stopped: 'unreachable' | 'busy' | 'sign-in' | undefined
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) stopped = (await sendJob(outbox, job)) ?? stopped
  }
  await Promise.all(Array.from({ length: jobsAtOnce }, work))
  return stopped
}

function byJob(records: readonly CaptureRecord[]): ReadonlyMap<string, readonly CaptureRecord[]> {
  const jobs = new Map<string, CaptureRecord[]>()
  for (const record of records) jobs.set(record.job, [...(jobs.get(record.job) ?? []), record])
  return jobs
}

async function sendJob(outbox: Outbox, job: readonly CaptureRecord[]) {
  for (const record of job) {
    const undone = record.undoes === undefined ? undefined : await outbox.byKey(record.undoes)
    if (undone && undone.state !== 'accepted') {
      // What was never recorded needs no taking back.
      await outbox.settle(record, { state: 'withdrawn' })
      continue
    }
    // Withdrawn between reading and sending: the store decides, in one transaction.
    if (!(await outbox.tried(record))) continue
    const verdict = await outbox.post(record, undone?.position)
    if (verdict.kind === 'later') return verdict.why
    await outbox.settle(
      record,
      verdict.kind === 'accepted'
        ? { state: 'accepted', position: verdict.position, made: verdict.made }
        : { state: 'refused', problem: verdict.problem },
    )
  }
  return undefined
}
