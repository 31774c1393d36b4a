import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { showCard } from '../cards/card-state.ts'
import type { FloorWords } from '../floor-words.ts'
import { referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'

const reasons = ['damaged', 'miscounted', 'usedUnscanned', 'found', 'unknown'] as const

export function CountPage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => countFlow(t), [t])
  return <StepPage flow={flow} />
}

/** What lies at a place is counted without being shown what should: a number that is seen first is counted towards. */
export function countFlow(t: FloorWords): StepFlow {
  return {
    name: 'count',
    title: t('count.title'),
    steps: [
      { name: 'place', label: t('field.place'), kind: 'scan', hint: t('count.scanPlace') },
      { name: 'what', label: t('field.what'), kind: 'scan', hint: t('count.scanWhat') },
      {
        name: 'quantity',
        label: t('field.quantity'),
        kind: 'quantity',
        hint: t('count.give'),
        unit: ({ what }) => ({ unit: what?.thing?.unit ?? '', decimals: what?.thing?.scale ?? 9 }),
      },
    ],
    take({ thing }) {
      if (thing?.type === 'place') return { fill: { place: { code: thing.code } } }
      if (thing?.type !== 'traceable') return undefined
      const { about: _about, ...what } = valueOf(thing)
      return { fill: { what: { ...what, about: thing.itemName ?? thing.item ?? '' } } }
    },
    command: ({ place, what, quantity }, typed) => ({
      verb: 'count',
      place: place?.code ?? '',
      what: what ? referenceOf(what) : '',
      quantity: { value: quantity?.code ?? '0' },
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ what, quantity, place }) =>
      t('count.button', {
        quantity: `${quantity?.code ?? '…'} ${what?.thing?.unit ?? ''}`.trim(),
        what: what?.code ?? '…',
        place: place?.code ?? '…',
      }),
    job: ({ what }) => what?.code ?? '',
    keeps: ({ place }) => ({ place }),
    mend(problem, again) {
      if (problem.code !== 'difference_unexplained') return false
      showCard({
        kind: 'look',
        title: t('count.differs'),
        text: problem.detail ?? '',
        choices: reasons.map((reason) => ({
          label: t(`count.reasons.${reason}`),
          act: () => again({ reason: t(`count.reasons.${reason}`) }),
        })),
      })
      return true
    },
  }
}
