import type { Drawing } from './graph/drawing.ts'
import { quantityText } from '../../shared/language-formats.ts'
import type { PathSet } from './graph/paths.ts'
import { boxesById } from './selection.ts'
import type { Pinned } from './selection-bar.tsx'
import type { Lists } from './use-answers.ts'

/** What the last pin is, from the drawing or from the rows that are loaded; undefined when nothing is pinned. */
export function pinnedWords(
  pins: readonly string[],
  lanes: Drawing | undefined,
  lists: Lists,
): Pinned | undefined {
  const pin = pins.at(-1)
  if (pin === undefined) return undefined
  const box = boxesById(lanes?.nodes ?? []).get(pin)
  const row = lists.affected.find(({ id }) => id === pin)
  const other =
    lists.sources.find(({ id }) => id === pin) ??
    lists.wentTo.find(({ id }) => id === pin) ??
    lists.remains.find(({ id }) => id === pin)
  const more = pins.length - 1
  if (row && (box?.key !== pin || box.count === 1)) {
    const { code, kind, item, quantity, status, held } = row
    return { label: code, kind, item, quantity, status, held, id: pin, more }
  }
  if (box && (box.key === pin || !other)) {
    const { label, kind, item, quantity, status, held } = box
    const fold = box.count > 1 ? { key: box.key, count: box.count } : undefined
    return { label, kind, item, quantity, status, held, id: box.members[0], fold, more }
  }
  if (other)
    return {
      label: other.code,
      kind: 'lot',
      item: other.item,
      quantity: other.quantity,
      status: null,
      held: false,
      id: pin,
      more,
    }
  return {
    label: pin,
    kind: 'traceable',
    item: null,
    quantity: null,
    status: null,
    held: false,
    id: pin,
    more,
  }
}

/** What a link is asked about: the nearest traceable it leads to, in the words of the link. */
export function linkWords(
  lanes: Drawing,
  index: number,
): { id: string; label: string; link: string } | undefined {
  const edge = lanes.edges[index]
  const boxes = boxesById(lanes.nodes)
  const [from, to] = [boxes.get(edge?.from ?? ''), boxes.get(edge?.to ?? '')]
  if (!edge || !from || !to) return undefined
  const beyond = lanes.edges.find((next) => next.from === to.key)
  const asked = to.members.length > 0 ? to : boxes.get(beyond?.to ?? '')
  const id = asked?.members[0]
  if (id === undefined) return undefined
  return {
    id,
    label: asked?.label ?? to.label,
    link: `${from.label} → ${to.label}, ${quantityText(edge.quantity)}`,
  }
}

/** The drawing of a path alone. */
export function isolated(lanes: Drawing, path: PathSet): Drawing {
  return {
    lanes: lanes.lanes,
    nodes: lanes.nodes.filter(({ key }) => path.nodes.has(key)),
    edges: lanes.edges.filter((_, index) => path.edges.has(index)),
  }
}
