import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'
import type { FloorWords } from '../floor-words.ts'
import { fromStep, quantityStep } from './stock-steps.ts'

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
      fromStep(t),
      {
        ...quantityStep(t, ''),
        optional: true,
        hidden: ({ what }) => what?.thing?.kind === 'container' || what?.thing?.kind === 'serial',
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
