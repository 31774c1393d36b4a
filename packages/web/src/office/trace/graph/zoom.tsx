import { ActionIcon } from '@mantine/core'
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '#look/icons.tsx'
import styles from './graph.module.css'
import type { Layout } from './layout.ts'

const zoomMin = 0.3
const zoomMax = 2
/** Smaller than this nobody reads the boxes; then it scrolls instead of fitting. */
const fitMin = 0.8

/** How large the drawing is shown: it begins so that its width fits, as far as it can still be read. */
export function useZoom(scroll: RefObject<HTMLElement | null>, layout: Layout) {
  const [zoom, setZoom] = useState(1)
  const fit = useCallback(() => {
    const width = scroll.current?.clientWidth ?? layout.width
    setZoom(Math.max(fitMin, Math.min(1, width / layout.width)))
  }, [scroll, layout])
  useLayoutEffect(fit, [fit])
  const step = useCallback(
    (factor: number) => setZoom((now) => Math.max(zoomMin, Math.min(zoomMax, now * factor))),
    [],
  )
  return { zoom, step, fit }
}

export function ZoomBar({
  zoom,
  step,
  fit,
}: {
  zoom: number
  step: (factor: number) => void
  fit: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles['zoom']}>
      <ActionIcon
        variant="default"
        size={28}
        aria-label={t('graph.zoomOut')}
        title={t('graph.zoomOut')}
        disabled={zoom <= zoomMin}
        onClick={() => step(0.8)}
      >
        <Sign name="minus" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={28}
        aria-label={t('graph.fit')}
        title={t('graph.fit')}
        onClick={fit}
      >
        <Sign name="fit" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={28}
        aria-label={t('graph.zoomIn')}
        title={t('graph.zoomIn')}
        disabled={zoom >= zoomMax}
        onClick={() => step(1.25)}
      >
        <Sign name="plus" />
      </ActionIcon>
    </div>
  )
}
