import { createHash } from 'node:crypto'
import { type CivilDate, type Instant, instantOf } from '@lotline/core/base/instant'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { MutableView } from '@lotline/core/base/view'
import type { GraphChange } from '@lotline/core/genealogy/engine'
import { nodeTable } from '@lotline/core/genealogy/rows'
import { counterTable } from '@lotline/core/identity/rows'
import type { Draft, Environment } from '@lotline/core/ledger/decide'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { eventTable } from '@lotline/core/ledger/record-tables'
import { stockTable } from '@lotline/core/ledger/tables'
import type { Capture, Rules } from './capture.ts'

/**
 * The smallest shop there is: material is put into a lot and taken out, never more than there is. Enough to see whether the
 * writer keeps its promises, and quick to reason about.
 */
export interface ToyCommand {
  readonly verb: 'put' | 'take' | 'break'
  readonly lot: number
  readonly amount: number
}

const place = ['place', 1] as const

export const toyRules: Rules<ToyCommand> = {
  decide(command: ToyCommand, environment: Environment): Draft | Refusal {
    const stock = environment.view.get(stockTable, [command.lot, ...place])
    if (command.verb === 'take' && (stock?.onHand ?? 0n) < BigInt(command.amount)) {
      return refuse('not_enough', { message: `Lot ${command.lot} holds less.`, fix: 'Take less.' })
    }
    return {
      type: 'Moved',
      version: 1,
      key: environment.key,
      actor: environment.actor,
      sentBy: environment.sentBy,
      device: null,
      deviceSeq: null,
      happenedAt: environment.now,
      happenedAtGiven: environment.now,
      uncertaintyMs: 0,
      receivedAt: environment.now,
      historical: false,
      source: null,
      reason: null,
      body: { ...command },
    }
  },
  apply(view: MutableView, event: RecordedEvent): GraphChange {
    const command = event.body as unknown as ToyCommand
    if (command.verb === 'break') throw new Error('a fault of our own')
    const { position } = event
    const stock = view.get(stockTable, [command.lot, ...place])
    const delta = BigInt(command.verb === 'put' ? command.amount : -command.amount)
    const onHand = (stock?.onHand ?? 0n) + delta
    view.put(stockTable, {
      traceable: command.lot,
      holderKind: 'place',
      holder: 1,
      item: null,
      onHand,
      owed: 0n,
    })
    const { sentBy: _s, device: _d, deviceSeq: _q, happenedAtGiven: _g, uncertaintyMs: _u, ...rest } = event
    const { receivedAt: _r, source: _o, reason: _e, ...row } = rest
    view.put(eventTable, { ...row, voidedBy: null })
    const no = view.get(counterTable, ['node'])?.next ?? 1
    view.put(counterTable, { name: 'node', next: no + 1 })
    const node = { no, kind: 'state' as const, traceable: command.lot, position }
    view.put(nodeTable, { ...node, startedAt: event.happenedAt, processKey: null })
    return { position, nodes: [{ ...node, from: event.happenedAt }], added: [], retracted: [] }
  },
}

let keys = 0

/** A capture of the toy shop; a key of its own unless one is given. */
export function toyCapture(
  verb: ToyCommand['verb'],
  lot: number,
  amount: number,
  key = `key-${process.pid}-${++keys}`,
): Capture<ToyCommand> {
  const command = { verb, lot, amount }
  const print = createHash('sha256').update(JSON.stringify(command)).digest('hex')
  const receivedAt = instantOf(Date.now())
  return { command, verb, key, print, actor: 'tester', sentBy: 'tester', receivedAt }
}

export function utcDate(instant: Instant): CivilDate {
  return instant.slice(0, 10) as CivilDate
}
