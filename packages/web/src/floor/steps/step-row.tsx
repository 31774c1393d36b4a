import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { Keypad } from '../look/keypad.tsx'
import type { Filled, Step, StepValue } from './step-flow.ts'

interface StepRowProps {
  readonly step: Step
  readonly filled: Filled
  readonly current: boolean
  readonly onGive: (value: StepValue) => void
  readonly onClear: () => void
}

/** One step of the line: its value, or what it waits for. */
export function StepRow(props: StepRowProps) {
  const { step, filled, current, onGive, onClear } = props
  const { t } = useTranslation('floor')
  const [open, setOpen] = useState(false)
  const value = filled[step.name]
  const measure = step.unit?.(filled)
  return (
    <li className={styles['step']} aria-current={current ? 'step' : undefined} data-step={step.name}>
      <span>{step.label}</span>
      <div>
        {value === undefined ? <Waiting {...props} /> : <Given step={step} filled={filled} value={value} />}
      </div>
      {step.kind === 'quantity' ? (
        <BigButton quiet onClick={() => setOpen(true)}>
          {t('step.quantity')}
        </BigButton>
      ) : value === undefined ? null : (
        <BigButton quiet onClick={onClear}>
          {t('step.change')}
        </BigButton>
      )}
      {open ? (
        <Keypad
          title={step.label}
          unit={measure?.unit ?? ''}
          decimals={measure?.decimals ?? 0}
          first={value?.code ?? ''}
          onClose={() => setOpen(false)}
          onGive={(given) => {
            setOpen(false)
            onGive({ code: given })
          }}
        />
      ) : null}
    </li>
  )
}

function Given({ step, filled, value }: { step: Step; filled: Filled; value: StepValue }) {
  const measure = step.unit?.(filled)
  const choice = step.choices?.(filled).find((each) => each.value === value.code)
  const shown = value.thing === undefined ? (choice?.label ?? value.code) : value.code
  return (
    <>
      <strong className={step.kind === 'scan' ? styles['mono'] : undefined} translate="no">
        {shown}
        {measure ? ` ${measure.unit}` : ''}
      </strong>
      {value.about === undefined ? null : <em translate="no">{value.about}</em>}
    </>
  )
}

/** Nothing yet: the tiles to choose from, the day to give, or that a scan is awaited. */
function Waiting({ step, filled, onGive }: StepRowProps) {
  const { t } = useTranslation('floor')
  const choices = step.choices?.(filled) ?? []
  if (choices.length > 0) {
    return (
      <div className={styles['segments']}>
        {choices.map(({ value, label, about }) => (
          <BigButton
            key={value}
            onClick={() => onGive(about === undefined ? { code: value } : { code: value, about })}
          >
            <span translate={step.translates ? undefined : 'no'}>{label}</span>
          </BigButton>
        ))}
      </div>
    )
  }
  if (step.kind === 'day') {
    return (
      <input
        type="date"
        className={styles['field']}
        aria-label={step.label}
        onChange={(event) => event.currentTarget.value !== '' && onGive({ code: event.currentTarget.value })}
      />
    )
  }
  return <span className={styles['lead']}>{step.optional ? t('step.optional') : '—'}</span>
}
