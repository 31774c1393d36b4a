import type { Command } from '@lotline/core/catalogue'
import type { ProblemBody } from '../../shared/problem.ts'

/** A command before the queue gives it its key, time and device. */
export type Asked = Command extends infer Each
  ? Each extends Command
    ? Omit<Each, 'key' | 'device' | 'deviceSeq' | 'happenedAt'>
    : never
  : never

/** `waiting`: stored here, not yet answered. `withdrawn`: taken back before it was sent. */
export type CaptureState = 'waiting' | 'accepted' | 'refused' | 'withdrawn'

/** What a person did at this device, as it lies in its store. */
export interface CaptureRecord {
  /** Running number of the device, and the order in which the captures of a job are sent. */
  readonly seq?: number
  /** Made when the scan happened: sending it twice records it once. */
  readonly key: string
  /** What is sent in order: an order, else the thing itself. One that jams holds up no other. */
  readonly job: string
  readonly command: Asked
  readonly madeAt: string
  readonly state: CaptureState
  /** It was handed to the network at least once, so nobody knows whether it arrived. */
  readonly tried: boolean
  /** In words, for lists: what was done with which thing. */
  readonly words: string
  readonly person: string | null
  readonly station: string | null
  /** Key of the capture that this one takes back, whose position is not known before it is answered. */
  readonly undoes?: string
  readonly position?: number
  readonly made?: readonly string[]
  readonly problem?: ProblemBody
  /** A person saw the refusal and dealt with it. */
  readonly seen?: boolean
  readonly settledAt?: string
}

/** A code as it was read, and what became of it. */
export interface ScanRecord {
  readonly no?: number
  readonly text: string
  readonly by: string
  readonly at: string
  readonly screen: string
  readonly known: boolean | null
}

/** An answer of the server, kept for the time without a network. */
export interface KeptAnswer {
  readonly name: string
  readonly value: unknown
  readonly at: string
}
