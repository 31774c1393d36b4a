import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FloorWords } from '../floor-words.ts'
import { referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'
import { fromStep, quantityStep } from './stock-steps.ts'

export function SplitPage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => splitFlow(t), [t])
  return <StepPage flow={flow} />
}

/** A part of a lot becomes a lot of its own; holds go with it. */
export function splitFlow(t: FloorWords): StepFlow {
  return {
    name: 'split',
    title: t('split.title'),
    steps: [
      { name: 'what', label: t('field.what'), kind: 'scan', hint: t('split.scanWhat') },
      fromStep(t),
      quantityStep(t, t('split.give')),
      { name: 'place', label: t('field.to'), kind: 'scan', hint: '', optional: true },
    ],
    take({ thing }) {
      if (thing?.type === 'place') return { fill: { place: { code: thing.code } } }
      return thing?.type === 'traceable' ? { fill: { what: valueOf(thing) } } : undefined
    },
    command: ({ what, from, quantity, place }, typed) => ({
      verb: 'split',
      what: what ? referenceOf(what) : '',
      into: [
        { quantity: { value: quantity?.code ?? '0' }, ...(place === undefined ? {} : { place: place.code }) },
      ],
      ...(from === undefined ? {} : { from: from.code }),
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ what, quantity }) =>
      t('split.button', {
        quantity: `${quantity?.code ?? '…'} ${what?.thing?.unit ?? ''}`.trim(),
        what: what?.code ?? '…',
      }),
    job: ({ what }) => what?.code ?? '',
    after: (made) => (made.length === 0 ? undefined : t('split.after', { made: made.join(', ') })),
  }
}
