import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FloorSign, type FloorSignName } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import { ScanNext } from '../scans/type-code.tsx'
import { useScanAnything } from './home-page.tsx'

const tiles = [
  { to: '/floor/hold', sign: 'hold', name: 'hold' },
  { to: '/floor/count', sign: 'count', name: 'count' },
  { to: '/floor/return', sign: 'receive', name: 'return' },
  { to: '/floor/split', sign: 'pack', name: 'split' },
  { to: '/floor/merge', sign: 'pack', name: 'merge' },
  { to: '/floor/replace', sign: 'work', name: 'replace' },
] as const satisfies readonly { to: string; sign: FloorSignName; name: string }[]

/** The tasks of every day that are not of every hour. */
export function MorePage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('tile.more')} · ${t('product')}`)
  useScanAnything()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('tile.more')}</h1>
      <ScanNext title={t('home.scan')} text={t('home.scanText')} />
      <nav className={styles['tiles']} aria-label={t('home.tasks')}>
        {tiles.map(({ to, sign, name }) => (
          <Link key={to} to={to} className={styles['tile']}>
            <FloorSign name={sign} />
            <strong>{t(`tile.${name}`)}</strong>
            <span>{t(`tile.${name}Text`)}</span>
          </Link>
        ))}
      </nav>
    </div>
  )
}
