import type { Drawing } from './drawing.ts'
import type { PathSet } from './paths.ts'

/** What the drawing shows and whom it tells. */
export interface GraphProps {
  readonly lanes: Drawing
  /** Boxes that are pinned, and the paths through them; hover previews the same. */
  readonly pinned: ReadonlySet<string>
  readonly path: PathSet | undefined
  readonly onHover: (key: string | undefined) => void
  readonly onPin: (key: string, add: boolean) => void
  readonly onLink: (index: number) => void
  /** Opens a folded box in place. */
  readonly onOpen: (key: string) => void
  /** Folds again what was opened last; undefined when nothing is open. */
  readonly onFold: (() => void) | undefined
}
