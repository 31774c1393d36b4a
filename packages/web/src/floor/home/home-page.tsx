import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { lookUp } from '../ask/look-up.ts'
import { showCard } from '../cards/card-state.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { orderPath } from '../scans/order-path.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { openVirtualScanner } from '../scans/virtual-scanner.tsx'
import { TaskTiles } from './task-tiles.tsx'

/** The start: scan anything, or take one of six tasks. */
export function FloorHome() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('home.title')} · ${t('product')}`)
  useScanAnything()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('home.title')}</h1>
      <ScanNext title={t('home.scan')} text={t('home.scanText')} />
      <TaskTiles />
      <div className={styles['acts']}>
        <TypeCode />
        <BigButton quiet onClick={() => openVirtualScanner(true)}>
          {t('home.practice')}
        </BigButton>
      </div>
    </div>
  )
}

/** A scan with no task: an order opens its screen, a lot or serial what is known of it, a place what lies there. */
export function useScanAnything(): void {
  const navigate = useNavigate()
  const { t } = useTranslation('floor')
  useScans({
    screen: 'home',
    take: async (label) => {
      const found = await lookUp(label)
      const { thing, choices } = found
      if (choices.length > 0) {
        showCard({
          kind: 'look',
          title: t('look.several', { code: label.code }),
          choices: choices.map((each) => ({
            label: `${each.code} ${each.item ?? ''}`.trim(),
            about: each.itemName ?? '',
            act: () =>
              navigate({ to: '/floor/thing/$id', params: { id: each.id }, search: { scan: label.text } }),
          })),
        })
        return true
      }
      if (thing?.type === 'order') await navigate(orderPath(thing.code, thing.kind ?? ''))
      else if (thing?.type === 'traceable')
        await navigate({ to: '/floor/thing/$id', params: { id: thing.id }, search: { scan: label.text } })
      else if (thing?.type === 'place')
        await navigate({ to: '/floor/place/$place', params: { place: thing.code } })
      else if (found.item && label.lot !== undefined)
        await navigate({ to: '/floor/receive', search: { scan: label.text } })
      else return showUnknown(found)
      return true
    },
  })
}
