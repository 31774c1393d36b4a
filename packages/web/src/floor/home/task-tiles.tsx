import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'

const dailyTasks = [
  { to: '/floor/receive', sign: 'receive', name: 'receive' },
  { to: '/floor/jobs', sign: 'work', name: 'jobs' },
  { to: '/floor/move', sign: 'move', name: 'move' },
  { to: '/floor/pack', sign: 'pack', name: 'pack' },
  { to: '/floor/ship', sign: 'ship', name: 'ship' },
  { to: '/floor/more', sign: 'more', name: 'more' },
] as const

const rarerTasks = [
  { to: '/floor/hold', sign: 'hold', name: 'hold' },
  { to: '/floor/count', sign: 'count', name: 'count' },
  { to: '/floor/return', sign: 'receive', name: 'return' },
  { to: '/floor/split', sign: 'pack', name: 'split' },
  { to: '/floor/merge', sign: 'pack', name: 'merge' },
  { to: '/floor/replace', sign: 'work', name: 'replace' },
] as const

/** Six tasks to take where nothing was scanned: those of every hour, or those of now and then. */
export function TaskTiles({ rarer = false }: { readonly rarer?: boolean }) {
  const { t } = useTranslation('floor')
  return (
    <nav className={styles['tiles']} aria-label={t('home.tasks')}>
      {(rarer ? rarerTasks : dailyTasks).map(({ to, sign, name }) => (
        <Link key={to} to={to} className={styles['tile']}>
          <FloorSign name={sign} />
          <strong>{t(`tile.${name}`)}</strong>
          <span>{t(`tile.${name}Text`)}</span>
        </Link>
      ))}
    </nav>
  )
}
