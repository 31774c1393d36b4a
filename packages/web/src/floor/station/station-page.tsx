import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FloorLanguage, floorLanguages, setLanguage } from '../../language/floor-language.ts'
import { askKept } from '../ask/kept-answer.ts'
import type { Rows } from '../ask/floor-shapes.ts'
import { lookUp } from '../ask/look-up.ts'
import { sound } from '../cards/sound.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { openVirtualScanner } from '../scans/virtual-scanner.tsx'
import { setStation, useWho } from './who.ts'

const sounds = ['done', 'look', 'stop'] as const

/** Where this device stands, in which language it speaks, and whether it is heard. */
export function StationPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('station.title')} · ${t('product')}`)
  const { station } = useWho()
  const stations = useStations()
  useScans({
    screen: 'station',
    take: async (label) => {
      const found = await lookUp(label)
      if (found.thing?.kind !== 'station' && found.thing?.type !== 'place') return showUnknown(found)
      setStation(found.thing.code)
      return true
    },
  })
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('station.title')}</h1>
      <ScanNext title={t('station.scan')} />
      <p className={styles['lead']}>
        {t('station.now')} <strong translate="no">{station ?? '—'}</strong>
      </p>
      {stations.length === 0 ? null : (
        <div className={styles['segments']} role="group" aria-label={t('station.choose')}>
          {stations.map(({ code, name }) => (
            <BigButton key={code} pressed={code === station} onClick={() => setStation(code)}>
              <span translate="no">{name}</span>
            </BigButton>
          ))}
        </div>
      )}
      <LanguageChoice />
      <SoundTest />
      <LightChoice />
      <div className={styles['acts']}>
        <Link to="/floor/scanner" className={styles['big']}>
          {t('scannerTest.title')}
        </Link>
        <BigButton quiet onClick={() => openVirtualScanner(true)}>
          {t('home.practice')}
        </BigButton>
        <TypeCode />
        <BigButton quiet onClick={() => window.dispatchEvent(new Event('lotline-sign-out'))}>
          {t('command.sign-out')}
        </BigButton>
      </div>
    </div>
  )
}

function LanguageChoice() {
  const { t, i18n } = useTranslation('floor')
  const [language, choose] = useState(i18n.resolvedLanguage ?? 'en')
  const speak = (next: FloorLanguage): void => {
    choose(next)
    void setLanguage(next)
  }
  return (
    <>
      <h2>{t('station.language')}</h2>
      <div className={styles['segments']} role="group" aria-label={t('station.language')}>
        {floorLanguages.map(({ code, name }) => (
          <BigButton key={code} pressed={language === code} onClick={() => speak(code)}>
            <span lang={code} translate="no">
              {name}
            </span>
          </BigButton>
        ))}
      </div>
    </>
  )
}

function SoundTest() {
  const { t } = useTranslation('floor')
  return (
    <>
      <h2>{t('station.sound')}</h2>
      <div className={styles['segments']} role="group" aria-label={t('station.sound')}>
        {sounds.map((kind) => (
          <BigButton key={kind} onClick={() => sound(kind)}>
            {t(`station.sounds.${kind}`)}
          </BigButton>
        ))}
      </div>
    </>
  )
}

function LightChoice() {
  const { t } = useTranslation('floor')
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <>
      <h2>{t('station.look')}</h2>
      <div className={styles['segments']} role="group" aria-label={t('station.look')}>
        <BigButton pressed={scheme === 'light'} onClick={() => setColorScheme('light')}>
          {t('station.light')}
        </BigButton>
        <BigButton pressed={scheme === 'dark'} onClick={() => setColorScheme('dark')}>
          {t('station.dark')}
        </BigButton>
      </div>
    </>
  )
}

interface ListedStation {
  readonly code: string
  readonly name: string
}

function useStations(): readonly ListedStation[] {
  const found = useQuery({
    queryKey: ['floor', 'stations'],
    queryFn: () => askKept<Rows<ListedStation>>('stations', '/v1/resources', { kind: 'station', limit: 100 }),
    retry: false,
  })
  return found.data?.value.rows ?? []
}
