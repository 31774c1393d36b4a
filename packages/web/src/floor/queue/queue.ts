import { captureKey } from './capture-key.ts'
import type { Asked, CaptureRecord } from './capture-record.ts'
import { plantTime, postCapture } from './post-capture.ts'
import { type Outbox, sendAll } from './sending.ts'
import { store } from './store.ts'

/** How a capture stands when the screen is told: settled by the server, or kept here until it can be sent. */
export type Settled =
  | { readonly kind: 'accepted'; readonly record: CaptureRecord }
  | { readonly kind: 'refused'; readonly record: CaptureRecord }
  | { readonly kind: 'kept'; readonly record: CaptureRecord }

export interface About {
  readonly job: string
  readonly words: string
  readonly person: string | null
  readonly station: string | null
  readonly undoes?: string
}

/** After this long a screen says that the capture is kept, and goes on. */
const answerWaitMs = 2_500
const retryMs = [1_000, 2_000, 5_000, 10_000, 30_000] as const

const outbox: Outbox = {
  waiting: () => store.captures.where('state').equals('waiting').sortBy('seq'),
  byKey: (key) => store.captures.get({ key }),
  tried: ({ key }) =>
    store.transaction('rw', store.captures, async () => {
      const now = await store.captures.get({ key })
      if (now?.state !== 'waiting' || now.seq === undefined) return false
      await store.captures.update(now.seq, { tried: true })
      return true
    }),
  settle: async (record, change) => {
    if (record.seq === undefined) return
    const watched = waitingFor.get(record.key)
    // A refusal that a person sees at once needs no second look.
    const seen = change.state === 'refused' && watched !== undefined ? { seen: true } : {}
    const settled = { ...change, ...seen, settledAt: new Date().toISOString() }
    await store.captures.update(record.seq, settled)
    watched?.({ ...record, ...settled })
  },
  post: postCapture,
}

const waitingFor = new Map<string, (record: CaptureRecord) => void>()
let retry: number | undefined
let failures = 0
let running: Promise<void> | undefined
let asked = false

/** Stores what was done, then tries to send it, and says how it stands. Once this has stored, nothing can lose it. */
export async function record(command: Asked, about: About): Promise<Settled> {
  const made: CaptureRecord = {
    key: captureKey(Date.now(), crypto.getRandomValues(new Uint8Array(16))),
    command,
    madeAt: plantTime(),
    state: 'waiting',
    tried: false,
    ...about,
  }
  const seq = await store.captures.add(made)
  const stored = seq === undefined ? made : { ...made, seq }
  const settled = settlement(stored)
  sendSoon()
  return settled
}

const outcomes = { waiting: 'kept', accepted: 'accepted', refused: 'refused', withdrawn: 'kept' } as const

function settlement(stored: CaptureRecord): Promise<Settled> {
  return new Promise((resolve) => {
    const kept = window.setTimeout(
      () => {
        waitingFor.delete(stored.key)
        resolve({ kind: 'kept', record: stored })
      },
      navigator.onLine ? answerWaitMs : 0,
    )
    waitingFor.set(stored.key, (record) => {
      window.clearTimeout(kept)
      waitingFor.delete(stored.key)
      resolve({ kind: outcomes[record.state], record })
    })
  })
}

/** Sends what waits; a second call while one runs makes it run once more. */
export function sendSoon(): void {
  asked = true
  running ??= run().finally(() => {
    running = undefined
    if (asked) sendSoon()
  })
}

async function run(): Promise<void> {
  window.clearTimeout(retry)
  while (asked) {
    asked = false
    // Without any network nothing is tried, and what was not tried can still be withdrawn.
    const stopped = navigator.onLine ? await alone(() => sendAll(outbox)) : 'unreachable'
    await tellWaiting(stopped !== undefined)
    failures = stopped === undefined ? 0 : failures + 1
    if (stopped !== undefined)
      retry = window.setTimeout(sendSoon, retryMs[Math.min(failures, retryMs.length) - 1])
  }
}

/** One tab sends at a time. Where the browser has no locks, two may: the keys make that harmless. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('lotline-floor-sending', work) : work()
}

/** Tells the screens what another tab settled, and, when nothing more can be sent now, that theirs is kept. */
async function tellWaiting(stopped: boolean): Promise<void> {
  for (const [key, tell] of waitingFor) {
    const now = await store.captures.get({ key })
    if (now && (stopped || now.state !== 'waiting')) tell(now)
  }
}

/**
 * Takes a capture back: one that was never tried is withdrawn here, any other by a correction in the same job, which is sent
 * after it.
 */
export async function undo(
  done: CaptureRecord,
  about: About & { reason: string },
): Promise<Settled | 'withdrawn'> {
  const withdrawn = await store.transaction('rw', store.captures, async () => {
    const now = await store.captures.get({ key: done.key })
    if (!now || now.seq === undefined || now.state !== 'waiting' || now.tried) return false
    await store.captures.update(now.seq, { state: 'withdrawn' })
    return true
  })
  if (withdrawn) return 'withdrawn'
  const { reason, ...rest } = about
  const command: Asked = { verb: 'correct', event: done.position ?? 0, reason }
  return record(command, { ...rest, job: done.job, undoes: done.key })
}

/** Keeps sending: when the network comes back, when the page is opened again, and from time to time. */
export function startSending(): () => void {
  const soon = (): void => sendSoon()
  window.addEventListener('online', soon)
  document.addEventListener('visibilitychange', soon)
  soon()
  return () => {
    window.removeEventListener('online', soon)
    document.removeEventListener('visibilitychange', soon)
  }
}
