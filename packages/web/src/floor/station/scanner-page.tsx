import { useDocumentTitle } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CodeRead } from '../../scan/code-read.ts'
import { onRead } from '../../scan/code-read.ts'
import { connectHid, hidOffered } from '../../scan/hid-scanner.ts'
import { readLabel } from '../../scan/label.ts'
import {
  codeIn,
  keepScannerSettings,
  scannerSettings,
  type ScannerSettings,
} from '../../scan/scanner-settings.ts'
import { connectSerial, serialOffered } from '../../scan/serial-scanner.ts'
import { showFault } from '../cards/refusal-card.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { CameraButton } from '../scans/camera-button.tsx'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'

const visible: Readonly<Record<string, string>> = { '\u001d': '␝', '\r': '␍', '\n': '␊', '\t': '␉' }

/** Shows exactly what a scanner sends and what is understood of it, with the settings that mend what is wrong. */
export function ScannerPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('scannerTest.title')} · ${t('product')}`)
  const [read, setRead] = useState<CodeRead>()
  const [settings, setSettings] = useState(scannerSettings)
  useEffect(() => onRead(setRead), [])
  // Nothing is done with a scan here: it is only shown.
  useScans({ screen: 'scanner test', take: () => Promise.resolve(true) })
  const change = (more: Partial<ScannerSettings>): void => {
    const next = { ...settings, ...more }
    setSettings(next)
    keepScannerSettings(next)
  }
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('scannerTest.title')}</h1>
      <ScanNext title={t('scannerTest.scan')} text={t('scannerTest.scanText')} />
      {read ? <WhatWasRead read={read} settings={settings} /> : null}
      <h2>{t('scannerTest.settings')}</h2>
      {(['prefix', 'suffix', 'separatorSubstitute'] as const).map((name) => (
        <label key={name}>
          <span className={styles['label']}>{t(`scannerTest.${name}`)}</span>
          <input
            className={styles['field']}
            value={settings[name]}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <div className={styles['acts']}>
        <TypeCode />
        <CameraButton />
        {serialOffered() ? (
          <BigButton quiet onClick={() => void connectSerial().catch(showFault)}>
            {t('scannerTest.serial')}
          </BigButton>
        ) : null}
        {hidOffered() ? (
          <BigButton quiet onClick={() => void connectHid().catch(showFault)}>
            {t('scannerTest.hid')}
          </BigButton>
        ) : null}
      </div>
    </div>
  )
}

function WhatWasRead({ read, settings }: { read: CodeRead; settings: ScannerSettings }) {
  const { t } = useTranslation('floor')
  const code = codeIn(read.text, settings)
  const reading = readLabel(code, new Date())
  const label = reading.kind === 'label' ? reading.label : undefined
  const parts = [
    ['gtin', label?.gtin],
    ['lot', label?.lot],
    ['serial', label?.serial],
    ['container', label?.container],
    ['expires', label?.expiresOn],
    ['quantity', label?.quantity && `${label.quantity.value} ${label.quantity.unit ?? ''}`],
  ] as const
  return (
    <section className={styles['panel']} aria-label={t('scannerTest.read')} data-read={code}>
      <span className={styles['mono']} translate="no">
        {[...read.text].map((letter) => visible[letter] ?? letter).join('')}
      </span>
      <p className={styles['lead']}>
        {t(`scannerTest.by.${read.by}`)} · {t(`scannerTest.kind.${reading.kind}`)}
      </p>
      <dl>
        {parts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name} className={styles['row']}>
              <dt className={styles['rowMain']}>{t(`scannerTest.part.${name}`)}</dt>
              <dd className={styles['mono']} translate="no">
                {value}
              </dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
