import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListedStock, Rows } from '../ask/floor-shapes.ts'
import { askKept } from '../ask/kept-answer.ts'
import styles from '../look/floor.module.css'
import { useScanAnything } from './home-page.tsx'

/** What lies at a place. */
export function PlacePage() {
  const { place = '' } = useParams({ strict: false })
  const { t } = useTranslation('floor')
  useDocumentTitle(`${place} · ${t('product')}`)
  useScanAnything()
  const stock = useQuery({
    queryKey: ['floor', 'place', place],
    queryFn: () => askKept<Rows<ListedStock>>(`place:${place}`, '/v1/stock', { place, limit: 300 }),
    retry: false,
  })
  const rows = (stock.data?.value.rows ?? []).filter(({ quantity }) => quantity !== '0')
  return (
    <div className={styles['page']}>
      <h1 className={styles['id']} translate="no" style={{ margin: 0 }}>
        {place}
      </h1>
      {stock.isPending ? <p className={styles['empty']}>{t('loading')}</p> : null}
      {!stock.isPending && rows.length === 0 ? <p className={styles['empty']}>{t('place.empty')}</p> : null}
      <ul className={styles['rows']}>
        {rows.map((row) => (
          <li key={row.id} className={styles['row']} translate="no">
            <span className={styles['rowMain']}>
              <strong className={styles['mono']}>{row.code}</strong>
              <span>{row.item}</span>
            </span>
            <span className={styles['rowEnd']}>
              <strong>
                {row.quantity} {row.unit}
              </strong>
            </span>
          </li>
        ))}
      </ul>
      <nav className={styles['acts']} aria-label={t('thing.acts')}>
        <Link to="/floor/count" search={{ scan: place }} className={styles['big']}>
          {t('place.count')}
        </Link>
      </nav>
    </div>
  )
}
