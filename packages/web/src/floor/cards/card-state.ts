import { useSyncExternalStore } from 'react'
import type { CaptureRecord } from '../queue/capture-record.ts'
import { sound } from './sound.ts'

export interface Choice {
  readonly label: string
  readonly about?: string
  readonly act: () => void | Promise<void>
}

/** What became of a scan: done, a choice to make, or refused. Every scan ends in exactly one. */
export type Card =
  | {
      readonly kind: 'done'
      readonly title: string
      readonly text?: string
      /** Kept on this device, not with the server yet. */
      readonly kept?: boolean
      readonly undo?: CaptureRecord
      readonly no: number
    }
  | {
      readonly kind: 'look'
      readonly title: string
      readonly text?: string
      readonly choices: readonly Choice[]
      /** Scanning this code again chooses the first. */
      readonly again?: string
      readonly no: number
    }
  | {
      readonly kind: 'stop'
      readonly title: string
      readonly text?: string
      readonly fix?: string
      readonly code?: string
      readonly choices?: readonly Choice[]
      readonly no: number
    }

type Bare<Each> = Each extends Card ? Omit<Each, 'no'> : never

let card: Card | undefined
let shown = 0
const listeners = new Set<() => void>()

/** Shows what became of a scan, with its sound and vibration. */
export function showCard(next: Bare<Card>): void {
  card = { ...next, no: ++shown }
  sound(next.kind)
  for (const listener of listeners) listener()
}

export function closeCard(): void {
  card = undefined
  for (const listener of listeners) listener()
}

/** The card is gone before the choice acts, which may show the next one. */
export function choose(choice: Choice): void {
  closeCard()
  void choice.act()
}

export function cardNow(): Card | undefined {
  return card
}

export function useCard(): Card | undefined {
  return useSyncExternalStore(subscribe, cardNow)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
