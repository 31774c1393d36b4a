import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FloorWords } from '../floor-words.ts'
import { referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'
import type { ScannedThing } from '../ask/floor-shapes.ts'

const reasons = ['defect', 'wrongGoods', 'tooMuch', 'damagedOnWay', 'recalled'] as const

export function ReturnPage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => returnFlow(t), [t])
  return <StepPage flow={flow} />
}

/** Goods come back under the identity they left with, and wait for inspection. Who had them is on record. */
export function returnFlow(t: FloorWords): StepFlow {
  return {
    name: 'return',
    title: t('return.title'),
    steps: [
      { name: 'what', label: t('field.what'), kind: 'scan', hint: t('return.scanWhat') },
      {
        name: 'customer',
        label: t('field.customer'),
        kind: 'choice',
        hint: t('return.who'),
        choices: ({ what }) =>
          atCustomers(what?.thing).map(({ holder }) => ({ value: holder, label: holder })),
      },
      {
        name: 'quantity',
        label: t('field.quantity'),
        kind: 'quantity',
        hint: t('return.give'),
        hidden: ({ what }) => what?.thing?.kind === 'serial' || what?.thing?.kind === 'container',
        unit: ({ what }) => ({ unit: what?.thing?.unit ?? '', decimals: what?.thing?.scale ?? 9 }),
      },
      { name: 'place', label: t('field.place'), kind: 'scan', hint: t('return.scanPlace') },
      {
        name: 'reason',
        label: t('field.reason'),
        kind: 'choice',
        hint: t('return.why'),
        translates: true,
        choices: () =>
          reasons.map((reason) => ({
            value: t(`return.reasons.${reason}`),
            label: t(`return.reasons.${reason}`),
          })),
      },
    ],
    take({ thing }) {
      if (thing?.type === 'place') return { fill: { place: { code: thing.code } } }
      if (thing?.type === 'party') return { fill: { customer: { code: thing.code } } }
      if (thing?.type !== 'traceable') return undefined
      const customers = atCustomers(thing)
      const [only] = customers.length === 1 ? customers : []
      if (customers.length === 0) {
        return {
          stop: {
            title: t('return.notGone', { code: thing.code }),
            text: t('return.notGoneText', { code: thing.code }),
            fix: t('return.notGoneFix'),
          },
        }
      }
      return { fill: { what: valueOf(thing), ...(only ? { customer: { code: only.holder } } : {}) } }
    },
    command: ({ what, customer, quantity, place, reason }, typed) => ({
      verb: 'return',
      what: what ? referenceOf(what) : '',
      customer: customer?.code ?? '',
      place: place?.code ?? '',
      reason: reason?.code ?? '',
      ...(quantity === undefined ? {} : { quantity: { value: quantity.code } }),
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ what, customer }) =>
      t('return.button', { what: what?.code ?? '…', customer: customer?.code ?? '…' }),
    job: ({ what }) => what?.code ?? '',
    after: () => t('return.after'),
    keeps: ({ place }) => ({ place }),
  }
}

function atCustomers(thing: ScannedThing | undefined) {
  return (thing?.at ?? []).filter(({ holderKind }) => holderKind === 'customer')
}
