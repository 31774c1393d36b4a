import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesOf, referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'
import type { FloorWords } from '../floor-words.ts'

/** Two scans: the thing, and the place it goes to. */
export function MovePage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => moveFlow(t), [t])
  return <StepPage flow={flow} />
}

export function moveFlow(t: FloorWords): StepFlow {
  return {
    name: 'move',
    title: t('move.title'),
    auto: true,
    steps: [
      { name: 'what', label: t('field.what'), kind: 'scan', hint: t('move.scanWhat') },
      {
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
      },
      {
        name: 'quantity',
        label: t('field.quantity'),
        kind: 'quantity',
        hint: '',
        optional: true,
        hidden: ({ what }) => what?.thing?.kind === 'container' || what?.thing?.kind === 'serial',
        unit: ({ what }) => ({ unit: what?.thing?.unit ?? '', decimals: what?.thing?.scale ?? 9 }),
      },
      { name: 'to', label: t('field.to'), kind: 'scan', hint: t('move.scanPlace') },
    ],
    take({ thing }) {
      if (thing?.type === 'place') return { fill: { to: { code: thing.code } } }
      if (thing?.type === 'traceable') return { fill: { what: valueOf(thing) } }
      return undefined
    },
    command: ({ what, from, quantity, to }, typed) => ({
      verb: 'move',
      what: what ? referenceOf(what) : '',
      to: to?.code ?? '',
      ...(from === undefined ? {} : { from: from.code }),
      ...(quantity === undefined ? {} : { quantity: { value: quantity.code } }),
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ what, to, quantity }) =>
      t('move.button', {
        what: [quantity ? `${quantity.code} ${what?.thing?.unit ?? ''}` : '', what?.code ?? '']
          .join(' ')
          .trim(),
        to: to?.code ?? '…',
      }),
    job: ({ what }) => what?.code ?? '',
    after: () => undefined,
  }
}
