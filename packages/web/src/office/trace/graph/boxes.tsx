import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '#look/icons.tsx'
import { toneOf } from '#look/state-chip.tsx'
import type { LaneNode } from '@lotline/core/recall/lanes-shape'
import { countText, quantityText } from '#shared/language-formats.ts'
import type { GraphProps } from './graph-props.ts'
import styles from './graph.module.css'
import { boxHeight, type Layout } from './layout.ts'
import { wordFor } from '#language/word-for.ts'

/** So many come out of a fold at a time. */
const opening = 50

export function Boxes({ layout, graph }: { layout: Layout; graph: GraphProps }) {
  const { nodes } = graph.lanes
  const first = nodes.find(({ root }) => root) ?? nodes[0]
  const [focused, setFocused] = useState<string>()
  const stop = nodes.some(({ key }) => key === focused) ? focused : first?.key
  return nodes.map((node) => {
    const box = layout.boxes.get(node.key)
    if (!box) return null
    const top = box.y - boxHeight / 2
    return (
      <Fragment key={node.key}>
        <Box
          node={node}
          graph={graph}
          left={box.x}
          width={box.width}
          top={top}
          stop={node.key === stop}
          onFocus={() => setFocused(node.key)}
        />
        {node.count > 1 ? (
          <OpenBox node={node} left={box.x + box.width} top={top} onOpen={() => graph.onOpen(node.key)} />
        ) : null}
      </Fragment>
    )
  })
}

/** Opens a fold in place. The key E does the same, so it is no stop of the Tab key. */
function OpenBox({
  node,
  left,
  top,
  onOpen,
}: {
  node: LaneNode
  left: number
  top: number
  onOpen: () => void
}) {
  const { t } = useTranslation()
  const words = t('graph.open', { number: countText(Math.min(node.count, opening)), label: node.label })
  return (
    <button
      type="button"
      className={styles['open']}
      style={{ left, top }}
      tabIndex={-1}
      title={words}
      aria-label={words}
      onClick={onOpen}
    >
      +
    </button>
  )
}

interface BoxProps {
  readonly node: LaneNode
  readonly graph: GraphProps
  readonly left: number
  readonly width: number
  readonly top: number
  readonly stop: boolean
  readonly onFocus: () => void
}

function Box({ node, graph, left, width, top, stop, onFocus }: BoxProps) {
  const { t } = useTranslation()
  const words = useBoxWords(node)
  const tone = node.gap ? 'attention' : toneOf(node.status, node.held ?? false)
  return (
    <button
      type="button"
      className={styles['box']}
      style={{ left, top, width, height: boxHeight }}
      data-box={node.key}
      data-kind={node.kind}
      data-ring={node.ring}
      data-root={node.root || undefined}
      data-fold={node.count > 1 || undefined}
      data-tone={tone}
      data-lit={graph.path?.nodes.has(node.key) || undefined}
      aria-pressed={graph.pinned.has(node.key)}
      aria-label={t('graph.box', {
        label: node.label,
        kind: wordFor('kind', node.kind),
        words: words.spoken,
      })}
      tabIndex={stop ? 0 : -1}
      title={`${node.label}\n${words.spoken}`}
      onFocus={onFocus}
      onClick={(event) => graph.onPin(node.key, event.shiftKey)}
      onMouseEnter={() => graph.onHover(node.key)}
      onMouseLeave={() => graph.onHover(undefined)}
    >
      <span className={styles['boxLabel']}>
        <span className={styles['boxName']}>{node.label}</span>
        {tone === 'normal' ? null : <Sign name={tone === 'stop' ? 'octagon' : 'triangle'} />}
      </span>
      <span className={styles['boxAbout']}>
        <span className={styles['boxName']}>{words.about}</span>
        {tone === 'normal' ? null : <span>{words.state}</span>}
      </span>
    </button>
  )
}

function useBoxWords(node: LaneNode) {
  const { t } = useTranslation()
  const kind = wordFor('kind', node.kind)
  const amount = node.quantity
    ? quantityText(node.quantity)
    : node.count > 1
      ? t('graph.folded', { number: countText(node.count) })
      : ''
  const about = [amount, node.item ?? kind].filter((part) => part !== '').join(' · ')
  const status = node.held ? 'held' : (node.status ?? 'unknown')
  const state = node.gap ? t('graph.missing') : wordFor('status', status)
  const ring = t(`ring.${node.ring}`)
  const fold = node.count > 1 ? t('graph.folded', { number: countText(node.count) }) : ''
  const spoken = [about, fold, node.kind === 'process' ? '' : state, ring]
    .filter((part) => part !== '')
    .join(', ')
  return { about, state, spoken }
}
