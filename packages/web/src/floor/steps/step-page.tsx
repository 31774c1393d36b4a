import { useDocumentTitle } from '@mantine/hooks'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../scan/label.ts'
import { lookUp } from '../ask/look-up.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import type { Asked } from '../queue/capture-record.ts'
import { useFirstScan } from '../scans/first-scan.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { StepRow } from './step-row.tsx'
import { type Filled, isHidden, nextStep, type StepFlow, type StepValue, withFilled } from './step-flow.ts'

interface StepPageProps {
  readonly flow: StepFlow
  readonly start?: Filled
}

const nothing: Filled = {}

/** A task as a line of steps: what is known, what to scan next, and one button at the end. */
export function StepPage({ flow, start = nothing }: StepPageProps) {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${flow.title} · ${t('product')}`)
  const { filled, put, give, clear, commit } = useSteps(flow, start)
  const next = nextStep(flow, filled)
  const shown = flow.steps.filter((step) => !isHidden(step, filled))
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{flow.title}</h1>
      {next === undefined ? null : <ScanNext title={next.hint} />}
      <ol className={styles['steps']}>
        {shown.map((step) => (
          <StepRow
            key={step.name}
            step={step}
            filled={filled}
            current={step === next}
            onGive={(value) => give(step.name, value)}
            onClear={() => clear(step.name)}
          />
        ))}
      </ol>
      <div className={styles['acts']}>
        <TypeCode />
        <BigButton quiet onClick={() => put(start)}>
          {t('step.clear')}
        </BigButton>
        {flow.auto && next !== undefined ? null : (
          <BigButton
            primary
            because={next === undefined ? undefined : t('step.missing', { what: next.label })}
            onClick={() => void commit()}
          >
            {flow.button(filled)}
          </BigButton>
        )}
      </div>
    </div>
  )
}

/** What the steps hold, filled by scans and by hand, until it is recorded. */
function useSteps(flow: StepFlow, start: Filled) {
  const [filled, setFilled] = useState<Filled>(start)
  const now = useRef(filled)
  const typed = useRef(false)
  const busy = useRef(false)
  const put = useCallback((next: Filled) => {
    now.current = next
    setFilled(next)
  }, [])
  const commit = useCallback(async (): Promise<void> => {
    if (busy.current || nextStep(flow, now.current) !== undefined) return
    busy.current = true
    try {
      const done = now.current
      await capture(flow, done, flow.command(done, typed.current), () => put(flow.keeps?.(done) ?? {}))
      typed.current = false
    } finally {
      busy.current = false
    }
  }, [flow, put])
  const take = useCallback(
    async (label: Label, by: string): Promise<boolean> => {
      const found = await lookUp(label)
      const taken = flow.take(found, now.current)
      if (taken === undefined) return showUnknown(found)
      if ('stop' in taken) {
        showCard({ kind: 'stop', ...taken.stop })
        return true
      }
      if (by === 'typed') typed.current = true
      put(withFilled(now.current, taken.fill))
      if (flow.auto) await commit()
      return true
    },
    [flow, put, commit],
  )
  useScans({
    screen: flow.name,
    take: (label, read) => take(label, read.by),
    command: (name) => {
      if (name === 'confirm') void commit()
      return name === 'confirm' && nextStep(flow, now.current) === undefined
    },
  })
  useFirstScan(useCallback((label) => take(label, 'wedge'), [take]))
  const give = (name: string, value: StepValue): void =>
    put(withFilled(now.current, { [name]: value, ...flow.given?.(name, value, now.current) }))
  const clear = (name: string): void =>
    put(Object.fromEntries(Object.entries(now.current).filter(([each]) => each !== name)))
  return { filled, put, give, clear, commit }
}

async function capture(flow: StepFlow, filled: Filled, command: Asked, clear: () => void): Promise<void> {
  const again = (more: object): void => {
    // What is added is a field of the same verb, which its own flow knows.
    void capture(flow, filled, { ...command, ...more } as Asked, clear)
  }
  const settled = await captureWithCard(command, {
    job: flow.job(filled),
    words: flow.button(filled),
    after: (made) => flow.after?.(made),
    mend: (problem) => flow.mend?.(problem, again) ?? false,
  })
  if (settled.kind !== 'refused') clear()
}
