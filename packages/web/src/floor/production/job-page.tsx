import { useDocumentTitle } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../shared/problem.ts'
import { momentText } from '../../shared/language-formats.ts'
import { useOrder } from '../ask/questions.ts'
import type { OrderRecord } from '../ask/floor-shapes.ts'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import { useCapturesOf } from '../queue/counts.ts'
import { FinishView } from './finish-view.tsx'
import { MaterialsView } from './materials-view.tsx'
import { RouteView } from './route-view.tsx'

const views = ['materials', 'route', 'finish'] as const

/** One job, one task at a time: its materials, its route, and finishing it. */
export function JobPage() {
  const { order: code = '' } = useParams({ strict: false })
  const { t } = useTranslation('floor')
  useDocumentTitle(`${code} · ${t('product')}`)
  const order = useOrder(code)
  if (order.isPending) return <p className={styles['empty']}>{t('loading')}</p>
  if (!order.data) return <NoJob code={code} fault={order.error} />
  return <Job key={code} order={order.data.value} at={order.data.at} old={order.data.old} />
}

function Job({ order, at, old }: { order: OrderRecord; at: string; old: boolean }) {
  const { t } = useTranslation('floor')
  const [view, setView] = useState<(typeof views)[number]>(
    order.orderLines.length > 0 ? 'materials' : 'route',
  )
  const captures = useCapturesOf(order.code)
  const running = order.operations.find(({ state }) => state === 'running' || state === 'ready')
  return (
    <div className={styles['page']}>
      <div className={styles['row']}>
        <div className={styles['rowMain']}>
          <h1 className={styles['title']}>
            <span className={styles['mono']} translate="no">
              {order.code}
            </span>
          </h1>
          <span translate="no">
            {[order.itemName ?? order.item, order.partyName].filter(Boolean).join(' · ')}
          </span>
        </div>
        <div className={styles['rowEnd']}>
          <strong translate="no">
            {order.done} / {order.quantity ?? '—'} {order.unit ?? ''}
          </strong>
          <span>{running ? t('job.operation', { operation: running.operation }) : t('job.made')}</span>
        </div>
      </div>
      {old ? (
        <p className={styles['note']}>
          <FloorSign name="triangle" />
          {t('job.old', { at: momentText(at) })}
        </p>
      ) : null}
      {order.status === 'closed' ? (
        <p className={styles['note']}>
          <FloorSign name="triangle" />
          {t('job.closed')}
        </p>
      ) : null}
      <div className={styles['segments']} role="group" aria-label={t('job.views')}>
        {views.map((each) => (
          <BigButton key={each} pressed={view === each} onClick={() => setView(each)}>
            {t(`job.${each}`)}
          </BigButton>
        ))}
      </div>
      {view === 'materials' ? <MaterialsView order={order} captures={captures} /> : null}
      {view === 'route' ? <RouteView order={order} /> : null}
      {view === 'finish' ? <FinishView order={order} captures={captures} /> : null}
    </div>
  )
}

function NoJob({ code, fault }: { code: string; fault: Error | null }) {
  const { t } = useTranslation('floor')
  const refused = fault instanceof Problem && fault.status > 0
  return (
    <div className={styles['panel']}>
      <h1 className={styles['title']}>{t('job.none', { code })}</h1>
      <p className={styles['lead']} translate={refused ? 'no' : undefined}>
        {refused ? fault.message : t('job.noneOffline')}
      </p>
    </div>
  )
}
