import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announceRead } from '../../scan/code-read.ts'
import { commandCode, commandNames } from '../../scan/command-codes.ts'
import { usePracticeLabels } from './practice-labels.ts'
import styles from './virtual-scanner.module.css'

const openKey = 'lotline-virtual-scanner'

export function isVirtualScannerOpen(): boolean {
  return localStorage.getItem(openKey) === 'open'
}

export function openVirtualScanner(open: boolean): void {
  localStorage.setItem(openKey, open ? 'open' : 'closed')
  window.dispatchEvent(new Event('lotline-virtual-scanner'))
}

/** A scanner on the screen, for practice and for a first look: each label that is clicked is read as if by a real one. */
export function VirtualScanner() {
  const [open, setOpen] = useState(isVirtualScannerOpen)
  useEffect(() => {
    const look = (): void => setOpen(isVirtualScannerOpen())
    window.addEventListener('lotline-virtual-scanner', look)
    return () => window.removeEventListener('lotline-virtual-scanner', look)
  }, [])
  return open ? <Panel /> : null
}

function Panel() {
  const { t } = useTranslation('floor')
  const groups = usePracticeLabels()
  const [own, setOwn] = useState('')
  return (
    <aside className={styles['panel']} aria-label={t('scanner.title')}>
      <div className={styles['head']}>
        <h2>{t('scanner.title')}</h2>
        <button type="button" onClick={() => openVirtualScanner(false)}>
          {t('scanner.close')}
        </button>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (own.trim() !== '') announceRead(own.trim(), 'panel')
          setOwn('')
        }}
      >
        <label>
          {t('scanner.own')}
          <input value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
        </label>
      </form>
      {groups.map(({ title, labels }) => (
        <section key={title}>
          <h3>{title}</h3>
          {labels.map(({ code, about }) => (
            <PaperLabel key={code} code={code} about={about} />
          ))}
        </section>
      ))}
      <section>
        <h3>{t('scanner.commands')}</h3>
        {commandNames.map((name) => (
          <PaperLabel key={name} code={commandCode(name)} about={t(`command.${name}`)} />
        ))}
      </section>
    </aside>
  )
}

function PaperLabel({ code, about }: { code: string; about: string }) {
  return (
    <button
      type="button"
      className={styles['label']}
      translate="no"
      onClick={() => announceRead(code, 'panel')}
    >
      <span className={styles['bars']} aria-hidden="true" />
      <strong>{code}</strong>
      <span>{about}</span>
    </button>
  )
}
