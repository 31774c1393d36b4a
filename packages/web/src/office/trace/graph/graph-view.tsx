import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drawing } from './drawing.ts'
import { countText } from '#shared/language-formats.ts'
import { useShortcut } from '#shared/page-events.ts'
import { Boxes } from './boxes.tsx'
import type { GraphProps } from './graph-props.ts'
import styles from './graph.module.css'
import { LaneHeads } from './lane-heads.tsx'
import { boxWidth, type Layout, layoutOf, stepWidth } from './layout.ts'
import { Legend } from './legend.tsx'
import { Links } from './links.tsx'
import { neighbourOf } from './paths.ts'
import { useZoom, ZoomBar } from './zoom.tsx'

const headsHeight = 32

/**
 * The genealogy from left to right in fixed lanes. It scrolls like any page, so a wheel, a finger and a keyboard move it;
 * one stop for the Tab key, arrows walk along the links. The tree table says the same in words.
 */
export function GraphView(graph: GraphProps) {
  const { t } = useTranslation()
  const { lanes, path, onFold } = graph
  const laneIndex = useMemo(() => new Map(lanes.lanes.map(({ name }, at) => [name, at])), [lanes])
  const layout = useMemo(
    () =>
      layoutOf(
        lanes.nodes.map(({ key, lane, kind }) => ({
          key,
          lane: laneIndex.get(lane) ?? lanes.lanes.length,
          width: kind === 'process' ? stepWidth : boxWidth,
        })),
        lanes.edges,
      ),
    [lanes, laneIndex],
  )
  const scroll = useRef<HTMLDivElement>(null)
  const { zoom, step, fit } = useZoom(scroll, layout)
  useRootInSight(scroll, { lanes, layout, zoom })
  useFolding(scroll, graph)
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const key = event.target instanceof HTMLElement ? event.target.dataset['box'] : undefined
    if (key === undefined) return
    const { key: pressed } = event
    if (
      pressed !== 'ArrowLeft' &&
      pressed !== 'ArrowRight' &&
      pressed !== 'ArrowUp' &&
      pressed !== 'ArrowDown'
    )
      return
    event.preventDefault()
    const next = neighbourOf(key, pressed, lanes.edges, layout.boxes)
    if (next !== undefined) focusBox(event.currentTarget, next)
  }
  return (
    <div className={styles['pane']} role="group" aria-label={t('graph.label')}>
      <div
        ref={scroll}
        className={styles['scroll']}
        onKeyDown={walk}
        data-path={path !== undefined || undefined}
      >
        <p className={styles['describe']} id="graph-describe">
          {t('graph.describe', { number: countText(lanes.nodes.length), lanes: layout.lanes.length })}
        </p>
        <LaneHeads layout={layout} lanes={lanes.lanes} zoom={zoom} />
        <div className={styles['sheet']} style={{ width: layout.width * zoom, height: layout.height * zoom }}>
          <div
            className={styles['drawing']}
            style={{ width: layout.width, height: layout.height, transform: `scale(${zoom})` }}
          >
            <Links layout={layout} graph={graph} />
            <Boxes layout={layout} graph={graph} />
          </div>
        </div>
      </div>
      <div className={styles['foot']}>
        <Legend />
        {onFold === undefined ? null : (
          <Button size="compact-xs" variant="default" onClick={onFold}>
            {t('graph.foldAgain')}
          </Button>
        )}
        <ZoomBar zoom={zoom} step={step} fit={fit} />
      </div>
    </div>
  )
}

/** The key E opens the fold that is focused, C folds again what was opened last. */
function useFolding(scroll: RefObject<HTMLElement | null>, { lanes, onOpen, onFold }: GraphProps): void {
  useShortcut('ec', (key) => {
    const focused = document.activeElement
    const box =
      focused instanceof HTMLElement && scroll.current?.contains(focused) ? focused.dataset['box'] : undefined
    if (box === undefined) return
    if (key === 'c') onFold?.()
    else if (lanes.nodes.some((node) => node.key === box && node.count > 1)) onOpen(box)
  })
}

/** A new drawing begins at what was asked: at the left end forward, at the right end backward. */
function useRootInSight(
  scroll: RefObject<HTMLElement | null>,
  { lanes, layout, zoom }: { lanes: Drawing; layout: Layout; zoom: number },
): void {
  const shown = useRef<Layout>(undefined)
  useEffect(() => {
    const root = lanes.nodes.find((node) => node.root)
    const box = root && layout.boxes.get(root.key)
    if (!box || !scroll.current || shown.current === layout) return
    shown.current = layout
    const { clientWidth, clientHeight } = scroll.current
    scroll.current.scrollTop = box.y * zoom - clientHeight / 2 + headsHeight
    scroll.current.scrollLeft = (box.x + box.width / 2) * zoom - clientWidth / 2
  }, [scroll, lanes, layout, zoom])
}

function focusBox(within: HTMLElement, key: string): void {
  const box = within.querySelector(`[data-box="${CSS.escape(key)}"]`)
  if (box instanceof HTMLElement) box.focus()
}
