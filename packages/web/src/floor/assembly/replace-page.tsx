import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FloorWords } from '../floor-words.ts'
import { referenceOf, type StepFlow, valueOf } from '../steps/step-flow.ts'
import { StepPage } from '../steps/step-page.tsx'

export function ReplacePage() {
  const { t } = useTranslation('floor')
  const flow = useMemo(() => replaceFlow(t), [t])
  return <StepPage flow={flow} />
}

/** One part of a unit goes out, another in; both keep their history. */
export function replaceFlow(t: FloorWords): StepFlow {
  return {
    name: 'replace',
    title: t('replace.title'),
    steps: [
      { name: 'unit', label: t('field.unit'), kind: 'scan', hint: t('replace.scanUnit') },
      {
        name: 'out',
        label: t('field.out'),
        kind: 'choice',
        hint: t('replace.scanOut'),
        choices: ({ unit }) =>
          (unit?.thing?.parts ?? []).map(({ code, slot }) => ({
            value: code,
            label: code,
            ...(slot === null ? {} : { about: slot }),
          })),
      },
      { name: 'in', label: t('field.in'), kind: 'scan', hint: t('replace.scanIn') },
      { name: 'to', label: t('field.to'), kind: 'scan', hint: '', optional: true },
    ],
    take({ thing }, filled) {
      if (thing?.type === 'place') return { fill: { to: { code: thing.code } } }
      if (thing?.type !== 'traceable') return undefined
      const { unit } = filled
      if (unit === undefined) {
        if ((thing.parts ?? []).length > 0) return { fill: { unit: valueOf(thing) } }
        return {
          stop: {
            title: t('replace.noParts', { code: thing.code }),
            text: t('replace.noPartsText', { code: thing.code }),
            fix: t('replace.noPartsFix'),
          },
        }
      }
      const isPart = unit.thing?.parts?.some(({ code }) => code === thing.code) === true
      return { fill: isPart ? { out: valueOf(thing) } : { in: valueOf(thing) } }
    },
    command: ({ unit, out, in: part, to }, typed) => ({
      verb: 'replace',
      unit: unit ? referenceOf(unit) : '',
      remove: out?.code ?? '',
      install: part ? referenceOf(part) : '',
      ...(to === undefined ? {} : { to: to.code }),
      ...(typed ? { evidence: 'declared' } : {}),
    }),
    button: ({ out, in: part, unit }) =>
      t('replace.button', { out: out?.code ?? '…', in: part?.code ?? '…', unit: unit?.code ?? '…' }),
    job: ({ unit }) => unit?.code ?? '',
  }
}
