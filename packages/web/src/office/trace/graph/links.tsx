import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaneEdge } from '@lotline/core/recall/lanes-shape'
import { quantityText, shareText } from '#shared/language-formats.ts'
import type { GraphProps } from './graph-props.ts'
import styles from './graph.module.css'
import type { Layout } from './layout.ts'
import { basisOf, labelPlace, linePath, readable } from './link-shapes.ts'

/** Lines with their quantities. Words that would cover others show only while their path is lit. */
export function Links({ layout, graph: { lanes, path, onLink } }: { layout: Layout; graph: GraphProps }) {
  const labels = useMemo(
    () =>
      lanes.edges.map((edge, index) => {
        const at = labelPlace(layout.links[index] ?? [])
        return at ? { ...linkWords(edge), at } : undefined
      }),
    [lanes, layout],
  )
  const shown = useMemo(() => {
    const lit = path?.edges
    return lit
      ? readable(labels.map((label, index) => (lit.has(index) ? label : undefined)))
      : readable(labels)
  }, [labels, path])
  const explained = useExplained()
  return (
    <svg
      className={styles['links']}
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
      focusable="false"
    >
      {lanes.edges.map((edge, index) => {
        const points = layout.links[index] ?? []
        const line = linePath(points)
        return (
          <g
            key={`${edge.from} ${edge.to} ${index}`}
            className={styles['link']}
            data-basis={basisOf(edge.evidence)}
            data-lit={path?.edges.has(index) || undefined}
          >
            <path className={styles['line']} d={line} />
            <path className={styles['reach']} d={line} onClick={() => onLink(index)}>
              <title>{explained(edge)}</title>
            </path>
          </g>
        )
      })}
      {labels.map((label, index) =>
        label && shown.has(index) ? (
          <g
            key={index}
            className={styles['words']}
            data-lit={path?.edges.has(index) || undefined}
            onClick={() => onLink(index)}
          >
            <text x={label.at.x} y={label.at.y - 5}>
              {label.text}
            </text>
            <text x={label.at.x} y={label.at.y + 13}>
              {label.share}
            </text>
          </g>
        ) : null,
      )}
    </svg>
  )
}

/** What went along the link, and which part of its source that is unless it is all of it. */
function linkWords({ quantity, shareOfSource }: LaneEdge): { text: string; share: string } {
  const share = shareOfSource === null || Number(shareOfSource) === 1 ? '' : shareText(shareOfSource)
  return { text: quantity ? quantityText(quantity) : '', share: quantity ? share : '' }
}

function useExplained(): (edge: LaneEdge) => string {
  const { t } = useTranslation()
  return (edge) =>
    [
      quantityText(edge.quantity),
      edge.shareOfSource === null ? '' : t('graph.ofSource', { share: shareText(edge.shareOfSource) }),
      edge.shareOfTarget === null ? '' : t('graph.ofTarget', { share: shareText(edge.shareOfTarget) }),
      t(`evidence.${edge.evidence}`),
      edge.count > 1 ? t('graph.links', { number: edge.count }) : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
}
