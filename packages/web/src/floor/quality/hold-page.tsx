import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { plus } from '../amounts.ts'
import type { FloorWords } from '../floor-words.ts'
import { referenceOf, type StepFlow, type StepValue, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'

const reasons = [
  'damaged',
  'wrong-material',
  'label',
  'measurement',
  'contamination',
  'supplier-notice',
] as const

export function HoldPage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => holdFlow(t), [t])
  return <StepPage flow={flow} />
}

/** Anybody may stop a lot: one scan, one reason, one button that says how much it stops. */
export function holdFlow(t: FloorWords): StepFlow {
  const reasonOf = (code: string | undefined) => reasons.find((reason) => reason === code)
  return {
    name: 'hold',
    title: t('hold.title'),
    steps: [
      { name: 'what', label: t('field.what'), kind: 'scan', hint: t('hold.scanWhat') },
      {
        name: 'reason',
        label: t('field.reason'),
        kind: 'choice',
        hint: t('hold.why'),
        translates: true,
        choices: () => reasons.map((reason) => ({ value: reason, label: t(`hold.reasons.${reason}`) })),
      },
    ],
    take({ thing }) {
      return thing?.type === 'traceable' ? { fill: { what: valueOf(thing) } } : undefined
    },
    command: ({ what, reason }, typed) => ({
      verb: 'hold',
      what: what ? [referenceOf(what)] : [],
      reasonCode: reason?.code ?? '',
      reason: t(`hold.reasons.${reasonOf(reason?.code) ?? 'damaged'}`),
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ what }) => t('hold.button', { what: amountOf(what) }),
    job: ({ what }) => what?.code ?? '',
    after: () => t('hold.after'),
  }
}

/** `88 kg of R-1077`: what the button will stop. */
function amountOf(what: StepValue | undefined): string {
  const { thing } = what ?? {}
  const all = (thing?.at ?? []).reduce((sum, { quantity }) => plus(sum, quantity), '0')
  const amount = all === '0' || thing?.kind === 'container' ? '' : `${all} ${thing?.unit ?? ''} `
  return `${amount}${what?.code ?? '…'}`
}
