import { expect, test } from 'vitest'
import type { CaptureRecord } from './capture-record.ts'
import { type Outbox, sendAll, type Verdict } from './sending.ts'

function record(seq: number, job: string, more: Partial<CaptureRecord> = {}): CaptureRecord {
  return {
    seq,
    key: `key-${seq}`,
    job,
    command: { verb: 'move', what: `R-${seq}`, to: 'A' },
    madeAt: '2026-06-01T10:00:00Z',
    state: 'waiting',
    tried: false,
    words: '',
    person: null,
    station: null,
    ...more,
  }
}

/** A store in memory, and a server that answers as told; it notes what arrived, in order. */
function outboxOf(records: readonly CaptureRecord[], answer: (key: string) => Verdict) {
  const rows = new Map(records.map((each) => [each.key, each]))
  const sent: string[] = []
  const outbox: Outbox = {
    waiting: async () => [...rows.values()].filter(({ state }) => state === 'waiting'),
    byKey: async (key) => rows.get(key),
    tried: async ({ key }) => rows.get(key)?.state === 'waiting',
    settle: async ({ key }, change) => {
      const row = rows.get(key)
      if (row) rows.set(key, { ...row, ...change })
    },
    post: async ({ key }) => {
      await Promise.resolve()
      sent.push(key)
      return answer(key)
    },
  }
  return { outbox, sent, rows }
}

const accepted: Verdict = { kind: 'accepted', position: 7, made: [] }

test('[B19] the captures of a job go in the order they were made, each once', async () => {
  const { outbox, sent } = outboxOf(
    [record(1, 'A'), record(2, 'B'), record(3, 'A'), record(4, 'A'), record(5, 'B')],
    () => accepted,
  )
  expect(await sendAll(outbox)).toBeUndefined()
  expect(sent.toSorted()).toEqual(['key-1', 'key-2', 'key-3', 'key-4', 'key-5'])
  const ofA = sent.filter((key) => ['key-1', 'key-3', 'key-4'].includes(key))
  expect(ofA).toEqual(['key-1', 'key-3', 'key-4'])
  await sendAll(outbox)
  expect(sent).toHaveLength(5)
})

test('[B19] one job that jams holds up no other, and what was not settled waits', async () => {
  const { outbox, sent, rows } = outboxOf([record(1, 'A'), record(2, 'A'), record(3, 'B')], (key) =>
    key === 'key-1' ? { kind: 'later', why: 'busy' } : accepted,
  )
  expect(await sendAll(outbox)).toBe('busy')
  expect(sent.toSorted()).toEqual(['key-1', 'key-3'])
  expect(rows.get('key-1')?.state).toBe('waiting')
  expect(rows.get('key-3')?.state).toBe('accepted')
})

test('[B19] what is refused stays with its reason, and the job goes on', async () => {
  const { outbox, rows } = outboxOf([record(1, 'A'), record(2, 'A')], (key) =>
    key === 'key-1' ? { kind: 'refused', problem: { code: 'lot_on_hold' } } : accepted,
  )
  await sendAll(outbox)
  expect(rows.get('key-1')).toMatchObject({ state: 'refused', problem: { code: 'lot_on_hold' } })
  expect(rows.get('key-2')?.state).toBe('accepted')
})

test('[B18] taking back what was refused sends nothing; what was withdrawn is not sent', async () => {
  const { outbox, sent, rows } = outboxOf(
    [
      record(1, 'A', { state: 'refused' }),
      record(2, 'A', { undoes: 'key-1' }),
      record(3, 'A', { state: 'withdrawn' }),
    ],
    () => accepted,
  )
  await sendAll(outbox)
  expect(sent).toEqual([])
  expect(rows.get('key-2')?.state).toBe('withdrawn')
})
