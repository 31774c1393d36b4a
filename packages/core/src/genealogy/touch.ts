import type { Amount } from '../base/quantity.ts'
import type { Instant } from '../base/instant.ts'

/**
 * How we know an edge. An import keeps its source's evidence, `declared` if it says none.
 * `scanned`, `measured`, `declared` are ring *proven*; `backflushed`, `prorated`, `time-window` are *possible*;
 * `assumed`, `candidate` *cannot be excluded*.
 */
export const evidences = [
  'scanned',
  'measured',
  'declared',
  'backflushed',
  'prorated',
  'time-window',
  'assumed',
  'candidate',
] as const
export type Evidence = (typeof evidences)[number]

export const rings = ['proven', 'possible', 'cannot-exclude'] as const
export type Ring = (typeof rings)[number]

export function ringOf(evidence: Evidence): Ring {
  switch (evidence) {
    case 'scanned':
    case 'measured':
    case 'declared':
      return 'proven'
    case 'backflushed':
    case 'prorated':
    case 'time-window':
      return 'possible'
    case 'assumed':
    case 'candidate':
      return 'cannot-exclude'
  }
}

/**
 * `material`: consumed, blended, made. `identity`: the same thing, next state (relabel, split remainder, heel, rework).
 * `install`: is a part of, from and to. `contact`: was in touch and went apart again.
 */
export const edgeKinds = ['material', 'identity', 'install', 'contact'] as const
export type EdgeKind = (typeof edgeKinds)[number]

/** Integer identity of a traceable within its organisation, given in ledger order from 1. */
export type TraceableNo = number

/**
 * What joins inputs to outputs.
 * `atomic`: every input meets every output (one split, one merge, one unit's assembly, a declared transformation).
 * `run`: an order's operation on a machine, cut into segments by `resolve`; `feed` says what a lot change carries over.
 */
export type ProcessRef =
  { readonly kind: 'atomic'; readonly key: string } | { readonly kind: 'run'; readonly key: string }

/** `pooled` (bulk, the default) carries over into the next segment; `sequential` (reels, coils, bars) does not, save an overlap. */
export type Feed = 'pooled' | 'sequential'

interface TouchBase {
  /** When it happened; orders the states of a traceable and the segments of a run. */
  readonly at: Instant
  /** Half width of what the clock is sure of, in milliseconds; 0 when exact. */
  readonly uncertaintyMs: number
  /** The source's own sequence, if it has one: the first tie-breaker between equal times. */
  readonly sequence: number | null
  readonly evidence: Evidence
}

/** What one event did to the genealogy. Every event type states its touches; most have none. */
export type Touch = TouchBase &
  (
    | {
        /** Material left the traceable into the process: an edge from its state at that time. Makes no new state. */
        readonly role: 'draw'
        readonly traceable: TraceableNo
        readonly process: ProcessRef
        readonly edge: 'material' | 'identity' | 'contact'
        /** In the item's scale; null when not recorded. */
        readonly amount: Amount | null
        readonly feed?: Feed
        /**
         * Sequential feed: for so long after this lot is loaded, outputs may still hold the lot of its item before it, as where
         * reels are spliced or coils welded. None if left out.
         */
        readonly overlapMs?: number
        /** The item drawn, so that a sequential feed knows which loaded lot this one replaces. */
        readonly item: number
      }
    | {
        /** Material came out of the process into the traceable. The first is its birth; a later one makes a new state. */
        readonly role: 'add'
        readonly traceable: TraceableNo
        readonly process: ProcessRef
        readonly edge: 'material' | 'identity'
        readonly amount: Amount | null
        /** A vessel exists before its first content; a lot does not exist before its birth. */
        readonly vessel?: boolean
      }
    | {
        /** The traceable went through the process and is another state of itself (rework, unit side of an installation). */
        readonly role: 'renew'
        readonly traceable: TraceableNo
        readonly process: ProcessRef
      }
    | {
        /** `part` became part of `unit`: an install edge open until a matching `remove`. `unit` gets a new state. */
        readonly role: 'install'
        readonly unit: TraceableNo
        readonly part: TraceableNo
        readonly process: ProcessRef
        readonly amount: Amount | null
      }
    | {
        /**
         * `part` left `unit`: closes the open install edge; both go on along identity edges through processes of their
         * own (`process.key` + `/unit`, `/part`); unit -> part is only `contact`, so the part's next unit implicates no strangers.
         */
        readonly role: 'remove'
        readonly unit: TraceableNo
        readonly part: TraceableNo
        readonly process: ProcessRef
        readonly amount: Amount | null
      }
    | {
        /** Cleaned or declared empty: nothing of the earlier content is carried into the next. */
        readonly role: 'barrier'
        readonly on: { readonly traceable: TraceableNo } | { readonly run: string }
      }
  )
