import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAmount } from '../amounts.ts'
import { BigButton } from './big-button.tsx'
import styles from './floor.module.css'

interface KeypadProps {
  readonly title: string
  readonly unit: string
  readonly decimals: number
  readonly first?: string
  readonly onGive: (value: string) => void
  readonly onClose: () => void
}

const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '.', '0', '⌫'] as const

/** Numbers for gloves. The keyboard of the tablet stays closed; a real keyboard works as well. */
export function Keypad({ title, unit, decimals, first = '', onGive, onClose }: KeypadProps) {
  const { t } = useTranslation('floor')
  const [value, setValue] = useState(first)
  // The first key writes over what was proposed.
  const [fresh, setFresh] = useState(true)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const press = (key: string): void => {
    setFresh(false)
    if (key === '⌫') setValue((now) => now.slice(0, -1))
    else setValue((now) => (fresh ? key : now + key).replace(/^0(?=\d)/, ''))
  }
  const ready = isAmount(value, decimals)
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby="keypad-title"
      onClose={onClose}
      onKeyDown={(event) => {
        if (/^[0-9.]$/.test(event.key)) press(event.key)
        if (event.key === 'Backspace') press('⌫')
      }}
    >
      <h2 id="keypad-title">{title}</h2>
      <div className={styles['keypad']}>
        <output className={styles['shown']} translate="no">
          {value === '' ? '0' : value} <span>{unit}</span>
        </output>
        {keys.map((key) =>
          key === '.' && decimals === 0 ? (
            <span key={key} />
          ) : (
            <BigButton key={key} onClick={() => press(key)}>
              <span aria-label={key === '⌫' ? t('keypad.back') : undefined} translate="no">
                {key}
              </span>
            </BigButton>
          ),
        )}
      </div>
      <div className={styles['dialogActs']}>
        <BigButton quiet onClick={onClose}>
          {t('command.cancel')}
        </BigButton>
        <BigButton primary because={ready ? undefined : t('keypad.because')} onClick={() => onGive(value)}>
          {t('keypad.take', { value, unit })}
        </BigButton>
      </div>
    </dialog>
  )
}
