import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announceRead } from '../../scan/code-read.ts'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'

/** For a label that no scanner reads: typed by hand, and recorded as typed. */
export function TypeCode({ label }: { label?: string }) {
  const { t } = useTranslation('floor')
  const [open, setOpen] = useState(false)
  return (
    <>
      <BigButton quiet onClick={() => setOpen(true)}>
        {label ?? t('type.open')}
      </BigButton>
      {open ? <TypeDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function TypeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('floor')
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  useEffect(() => dialog.current?.showModal(), [])
  const give = (): void => {
    const code = text.trim()
    if (code === '') return
    dialog.current?.close()
    announceRead(code, 'typed')
  }
  return (
    <dialog ref={dialog} className={styles['dialog']} aria-labelledby="type-title" onClose={onClose}>
      <form onSubmit={(event) => (event.preventDefault(), give())}>
        <h2 id="type-title">{t('type.title')}</h2>
        <input
          className={styles['field']}
          value={text}
          aria-labelledby="type-title"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className={styles['lead']}>{t('type.text')}</p>
        <div className={styles['dialogActs']}>
          <BigButton quiet onClick={onClose}>
            {t('command.cancel')}
          </BigButton>
          <BigButton primary because={text.trim() === '' ? t('type.because') : undefined} onClick={give}>
            {t('type.give')}
          </BigButton>
        </div>
      </form>
    </dialog>
  )
}

/** The line that says what to scan next. */
export function ScanNext({ title, text }: { title: string; text?: string | undefined }) {
  return (
    <div className={styles['next']}>
      <FloorSign name="scan" />
      <div>
        <strong>{title}</strong>
        {text === undefined ? null : <span>{text}</span>}
      </div>
    </div>
  )
}
