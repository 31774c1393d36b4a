import { useDocumentTitle } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayText } from '../../shared/language-formats.ts'
import { lookUp } from '../ask/look-up.ts'
import { useOrders } from '../ask/questions.ts'
import styles from '../look/floor.module.css'
import { orderPath } from '../scans/order-path.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'

const shownMax = 60

/** The open work, next due first. Scanning the traveler opens it. */
export function JobsPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('jobs.title')} · ${t('product')}`)
  const orders = useOrders()
  const navigate = useNavigate()
  useScans({
    screen: 'jobs',
    take: async (label) => {
      const found = await lookUp(label)
      if (found.thing?.type !== 'order') return showUnknown(found)
      await navigate(orderPath(found.thing.code, found.thing.kind ?? ''))
      return true
    },
  })
  const work = (orders.data?.value.rows ?? [])
    .filter(({ kind }) => kind === 'work')
    .toSorted((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || b.code.localeCompare(a.code))
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('jobs.title')}</h1>
      <ScanNext title={t('jobs.scan')} />
      {orders.isPending ? <p className={styles['empty']}>{t('loading')}</p> : null}
      {!orders.isPending && work.length === 0 ? <p className={styles['empty']}>{t('jobs.none')}</p> : null}
      <ul className={styles['rows']}>
        {work.slice(0, shownMax).map((order) => (
          <li key={order.code}>
            <Link to="/floor/job/$order" params={{ order: order.code }} className={styles['row']}>
              <span className={styles['rowMain']} translate="no">
                <strong className={styles['mono']}>{order.code}</strong>
                <span>{order.item}</span>
              </span>
              <span className={styles['rowEnd']}>
                <strong translate="no">
                  {order.doneQuantity} / {order.quantity ?? '—'} {order.unit ?? ''}
                </strong>
                <span>
                  {order.dueOn === null ? t('jobs.noDate') : t('jobs.due', { day: dayText(order.dueOn) })}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {work.length > shownMax ? (
        <p className={styles['lead']}>{t('jobs.more', { count: work.length - shownMax })}</p>
      ) : null}
      <div className={styles['acts']}>
        <TypeCode />
      </div>
    </div>
  )
}
