import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../look/state-chip.tsx'
import { useSession } from '../../shared/session.ts'
import { FloorSign } from '../look/floor-sign.tsx'
import { useQueueCounts } from '../queue/counts.ts'
import { useWho } from '../station/who.ts'
import { useOnline } from './use-online.ts'
import styles from './shell.module.css'

/** Who works here, at which station, and what is not with the server yet. Amber while nobody is known. */
export function FloorHeader() {
  const { t } = useTranslation('floor')
  const { person, station } = useWho()
  const { data: session } = useSession()
  const { unsent, needsLook } = useQueueCounts()
  const online = useOnline()
  return (
    <header className={styles['header']} data-nobody={person === null || undefined}>
      <Link to="/floor" className={styles['home']}>
        <FloorSign name="home" />
        <span>{t('header.home')}</span>
      </Link>
      <Link to="/floor/station" className={styles['who']}>
        <FloorSign name="person" />
        <span className={styles['two']}>
          <strong translate="no">{person ?? ''}</strong>
          {person === null ? <strong>{t('header.nobody')}</strong> : null}
          {station === null ? <span>{t('header.noStation')}</span> : <span translate="no">{station}</span>}
        </span>
      </Link>
      <span className={styles['grow']} />
      {session?.demo ? <Chip tone="practice">{t('header.demo')}</Chip> : null}
      {online ? null : <Chip tone="attention">{t('header.offline')}</Chip>}
      <Link
        to="/floor/tray"
        className={styles['tray']}
        data-attention={unsent + needsLook > 0 || undefined}
        data-unsent={unsent}
      >
        <FloorSign name="tray" />
        <span className={styles['two']}>
          <strong>{t('header.unsent', { count: unsent })}</strong>
          <span>{t('header.needsLook', { count: needsLook })}</span>
        </span>
      </Link>
    </header>
  )
}
