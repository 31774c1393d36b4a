import type { FloorWords } from '../floor-words.ts'
import { placesOf, type Step } from '../steps/step-flow.ts'

/** Which of its places a thing is taken from: asked only where it lies in more than one. */
export function fromStep(t: FloorWords): Step {
  return {
    name: 'from',
    label: t('field.from'),
    kind: 'choice',
    hint: t('move.from'),
    hidden: ({ what }) => placesOf(what?.thing).length < 2,
    choices: ({ what }) =>
      placesOf(what?.thing).map(({ holder, quantity }) => ({
        value: holder,
        label: `${holder}: ${quantity} ${what?.thing?.unit ?? ''}`,
      })),
  }
}

/** How much of it, in the thing's own unit. */
export function quantityStep(t: FloorWords, hint: string): Step {
  return {
    name: 'quantity',
    label: t('field.quantity'),
    kind: 'quantity',
    hint,
    unit: ({ what }) => ({ unit: what?.thing?.unit ?? '', decimals: what?.thing?.scale ?? 9 }),
  }
}
