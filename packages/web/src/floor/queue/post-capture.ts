import { sendCapture } from '../../shared/api.ts'
import { Problem, type ProblemBody } from '../../shared/problem.ts'
import { deviceName } from '../station/device.ts'
import type { CaptureRecord } from './capture-record.ts'
import type { Verdict } from './sending.ts'

/** How much the server's clock was ahead of this device's when it last answered; a tablet that is wrong must not be refused for it. */
let clockAheadMs = 0
/** The server tells its time in whole seconds, and answers take a while: less than this is no difference of clocks. */
const clockDifferenceMsMin = 5_000

/** Hands one capture to the server. The content follows from the record alone, so that a repetition is the same. */
export async function postCapture(record: CaptureRecord, event: number | undefined): Promise<Verdict> {
  const { command, key, seq, madeAt } = record
  const undoing = command.verb === 'correct' && event !== undefined ? { event } : {}
  try {
    const { answer, date } = await sendCapture({
      ...command,
      ...undoing,
      key,
      happenedAt: madeAt,
      device: deviceName(),
      ...(seq === undefined ? {} : { deviceSeq: seq }),
    })
    if (date !== undefined) keepClock(date - Date.now())
    const made = Object.values(answer.made).flatMap((things) => things.map(({ code }) => code))
    return { kind: 'accepted', position: answer.position, made }
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault
    return verdictOf(fault)
  }
}

/** The time of now as the server would say it. */
export function plantTime(): string {
  return new Date(Date.now() + clockAheadMs).toISOString()
}

function keepClock(differenceMs: number): void {
  clockAheadMs = Math.abs(differenceMs) < clockDifferenceMsMin ? 0 : differenceMs
}

function verdictOf(fault: Problem): Verdict {
  if (fault.status === 0) return { kind: 'later', why: 'unreachable' }
  if (fault.status === 401) return { kind: 'later', why: 'sign-in' }
  if (fault.status >= 500 || fault.status === 408 || fault.status === 429)
    return { kind: 'later', why: 'busy' }
  const problem: ProblemBody = {
    status: fault.status,
    code: fault.code,
    detail: fault.message,
    ...(fault.fix === undefined ? {} : { fix: fault.fix }),
    ...(fault.value === undefined ? {} : { value: fault.value }),
    ...(fault.details === undefined ? {} : { details: fault.details }),
  }
  return { kind: 'refused', problem }
}
