import type { Lanes } from '#shared/answer-shapes.ts'
import type { PathSet } from './paths.ts'

/** What the drawing shows and whom it tells. */
export interface GraphProps {
  readonly lanes: Lanes
  /** What must be said of the drawing, if anything. */
  readonly note?: string | undefined
  /** Boxes that are pinned, and the paths through them; hover previews the same. */
  readonly pinned: ReadonlySet<string>
  readonly path: PathSet | undefined
  readonly onHover: (key: string | undefined) => void
  readonly onPin: (key: string, add: boolean) => void
  readonly onLink: (index: number) => void
}
