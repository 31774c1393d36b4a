import { useMemo } from 'react'
import type { LaneNode } from '@lotline/core/recall/lanes-shape'
import type { Drawing } from './graph/drawing.ts'
import { type PathSet, pathsThrough } from './graph/paths.ts'

/** What is pinned or hovered, as graph and tables need it. A pin is a box of the drawing or the number of a traceable. */
export interface Selection {
  readonly pinned: readonly string[]
  /** Boxes that are pinned, directly or because a pinned traceable is inside. */
  readonly boxes: ReadonlySet<string>
  /** Numbers of the traceables that are pinned, those inside pinned boxes included. */
  readonly ids: ReadonlySet<string>
  /** The same, without the keys of steps, shipments and customers. */
  readonly units: readonly string[]
  /** What lies on the paths of the pins; undefined when nothing is pinned. */
  readonly path: PathSet | undefined
}

export function useSelection(lanes: Drawing | undefined, pinned: readonly string[]): Selection {
  const boxOf = useMemo(() => boxesById(lanes?.nodes ?? []), [lanes])
  return useMemo(() => {
    const boxes = new Set(pinned.flatMap((pin) => boxOf.get(pin)?.key ?? []))
    const ids = new Set([...pinned, ...[...boxes].flatMap((key) => boxOf.get(key)?.members ?? [])])
    const units = [...ids].filter((id) => /^\d+$/.test(id))
    return {
      pinned,
      boxes,
      ids,
      units,
      path: boxes.size > 0 ? pathsThrough(boxes, lanes?.edges ?? []) : undefined,
    }
  }, [lanes, pinned, boxOf])
}

/** Boxes by their own key and by the numbers of what is inside. */
export function boxesById(nodes: readonly LaneNode[]): ReadonlyMap<string, LaneNode> {
  const byMember = nodes.flatMap((node) => node.members.map((id) => [id, node] as const))
  return new Map([...byMember, ...nodes.map((node) => [node.key, node] as const)])
}

/** Opening what is pinned lets go of it; adding keeps the others. */
export function pinsAfter(pinned: readonly string[], opened: string, add: boolean): readonly string[] {
  if (pinned.includes(opened)) return pinned.filter((pin) => pin !== opened)
  return add ? [...pinned, opened] : [opened]
}
