import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import styles from '../look/floor.module.css'
import { ScanNext } from '../scans/type-code.tsx'
import { useScanAnything } from './home-page.tsx'
import { TaskTiles } from './task-tiles.tsx'

/** The tasks of every day that are not of every hour. */
export function MorePage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('tile.more')} · ${t('product')}`)
  useScanAnything()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('tile.more')}</h1>
      <ScanNext title={t('home.scan')} text={t('home.scanText')} />
      <TaskTiles rarer />
    </div>
  )
}
