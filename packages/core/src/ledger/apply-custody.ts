import type { Fold } from './fold.ts'
import type { Effect } from './effects.ts'
import { containmentTable, installationTable } from './tables.ts'

type Of<Kind extends Effect['do']> = Extract<Effect, { do: Kind }>

export function pack(fold: Fold, effect: Of<'pack'>): void {
  const { view, position, at } = fold
  const { container, child, amount } = effect
  const interval = { inAt: at, outAt: null, outPosition: null }
  view.put(containmentTable, { container, child, position, ordinal: fold.ordinal(), amount, ...interval })
}

/** Takes a child, or a part of its quantity, out: newest packing first; what stays inside stays in its own interval. */
export function unpack(fold: Fold, effect: Of<'unpack'>): void {
  const { view, position, at } = fold
  let left = effect.amount
  const open = view
    .list(containmentTable, 'byChild', [effect.child])
    .filter((row) => row.container === effect.container && row.outAt === null)
  for (const row of [...open].reverse()) {
    view.put(containmentTable, { ...row, outAt: at, outPosition: position })
    if (left === null || row.amount === null) continue
    if (row.amount > left) {
      const rest = { amount: row.amount - left, position, ordinal: fold.ordinal() }
      view.put(containmentTable, { ...row, ...rest })
    }
    left = row.amount < left ? left - row.amount : 0n
    if (left === 0n) return
  }
}

export function install(fold: Fold, effect: Of<'install'>): void {
  const { view, position, at } = fold
  const { unit, part, slot, amount } = effect
  const interval = { inAt: at, outAt: null, outPosition: null }
  view.put(installationTable, { unit, part, position, ordinal: fold.ordinal(), slot, amount, ...interval })
}

export function remove(fold: Fold, effect: Of<'remove'>): void {
  const { view, position, at } = fold
  const open = view.list(installationTable, 'byUnit', [effect.unit]).filter((row) => row.part === effect.part)
  const row = open.find((each) => each.outAt === null)
  if (row) view.put(installationTable, { ...row, outAt: at, outPosition: position })
}

/** Takes back what a voided event packed, unpacked, installed or removed. */
export function undoCustody(
  fold: Fold,
  effect: Of<'pack' | 'unpack' | 'install' | 'remove'>,
  position: number,
): void {
  const { view } = fold
  switch (effect.do) {
    case 'pack':
      for (const row of view.list(containmentTable, 'byChild', [effect.child])) {
        const key = [row.container, row.child, row.position, row.ordinal]
        if (row.position === position && row.container === effect.container)
          view.remove(containmentTable, key)
      }
      return
    case 'unpack':
      for (const row of view.list(containmentTable, 'byChild', [effect.child])) {
        if (row.container !== effect.container) continue
        if (row.position === position)
          view.remove(containmentTable, [row.container, row.child, row.position, row.ordinal])
        else if (row.outPosition === position)
          view.put(containmentTable, { ...row, outAt: null, outPosition: null })
      }
      return
    case 'install':
      for (const row of view.list(installationTable, 'byUnit', [effect.unit])) {
        const key = [row.unit, row.part, row.position, row.ordinal]
        if (row.position === position && row.part === effect.part) view.remove(installationTable, key)
      }
      return
    case 'remove':
      for (const row of view.list(installationTable, 'byUnit', [effect.unit])) {
        const closed = row.outPosition === position && row.part === effect.part
        if (closed) view.put(installationTable, { ...row, outAt: null, outPosition: null })
      }
      return
  }
}
