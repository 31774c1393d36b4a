import type { Drawing } from './drawing.ts'
import { countText } from '#shared/language-formats.ts'
import styles from './graph.module.css'
import type { Layout } from './layout.ts'
import { wordFor } from '#language/word-for.ts'

/** The names of the lanes with how much stands in each; they stay in sight while the drawing scrolls. */
export function LaneHeads({
  layout,
  lanes,
  zoom,
}: {
  layout: Layout
  lanes: Drawing['lanes']
  zoom: number
}) {
  return (
    <div className={styles['heads']} style={{ width: layout.width * zoom }}>
      {layout.lanes.map(({ lane, x, width }) => {
        const head = lanes[lane]
        return (
          <div
            key={lane}
            className={styles['laneHead']}
            style={{ left: Math.max(0, x) * zoom, width: width * zoom }}
          >
            <span className={styles['laneName']}>
              {wordFor('lane', head?.name ?? '')} <strong>{countText(head?.count ?? 0)}</strong>
            </span>
          </div>
        )
      })}
    </div>
  )
}
