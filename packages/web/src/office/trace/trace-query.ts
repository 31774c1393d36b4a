import { rings, type Ring } from '@lotline/core/genealogy/touch'

export const directions = ['forward', 'backward', 'both'] as const
export type Direction = (typeof directions)[number]
export const tabs = ['tree', 'affected', 'wentTo', 'remains', 'orders', 'sources', 'gaps', 'balance'] as const
export type Tab = (typeof tabs)[number]
export const views = ['both', 'graph', 'table'] as const
export type View = (typeof views)[number]
/** As many boxes as the server opens at once. */
export const openedMax = 4

/** What stands in the address of a trace: the question and how it is looked at. What is usual is left out. */
export interface TraceSearch {
  readonly id?: readonly string[]
  readonly direction?: Direction
  readonly follow?: 'contains'
  readonly ring?: Ring
  readonly happenedFrom?: string
  readonly happenedTo?: string
  readonly asKnownOn?: string
  readonly all?: true
  readonly tab?: Tab
  readonly view?: View
  readonly pin?: readonly string[]
  /** Folded boxes that are opened in place. */
  readonly open?: readonly string[]
  readonly find?: string
}

/** Changes some of what stands in the address; undefined goes back to what is usual. */
export type Change = (change: {
  readonly [name in keyof TraceSearch]?: TraceSearch[name] | undefined
}) => void

/** Reads an address anybody may have typed: what is not understood is left out. */
export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const [id, pin, open] = [textsOf(search['id']), textsOf(search['pin']), textsOf(search['open'])]
  const direction = oneOf(directions, search['direction'])
  const ring = oneOf(rings, search['ring'])
  const tab = oneOf(tabs, search['tab'])
  const view = oneOf(views, search['view'])
  return {
    ...(id.length > 0 && { id }),
    ...(direction && direction !== 'forward' && { direction }),
    ...(textsOf(search['follow'])[0] === 'contains' && { follow: 'contains' as const }),
    ...(ring && ring !== 'cannot-exclude' && { ring }),
    ...texts(search, ['happenedFrom', 'happenedTo', 'asKnownOn', 'find']),
    ...(textsOf(search['all'])[0] === 'true' && { all: true as const }),
    ...(tab && { tab }),
    ...(view && view !== 'both' && { view }),
    ...(pin.length > 0 && { pin }),
    ...(open.length > 0 && { open: open.slice(-openedMax) }),
  }
}

/** The parameters of the question itself, as every call of the server takes them. */
export function questionOf(search: TraceSearch) {
  return {
    id: search.id ?? [],
    direction: search.direction ?? 'forward',
    follow: search.follow ?? 'touched',
    ring: search.ring,
    happenedFrom: momentOf(search.happenedFrom, '00:00:00.000'),
    happenedTo: momentOf(search.happenedTo, '23:59:59.999'),
    asKnownOn: momentOf(search.asKnownOn, '23:59:59.999'),
    all: search.all,
  }
}

/** A day means all of it, in the time of the person who asks. */
function momentOf(text: string | undefined, time: string): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const at = new Date(`${text}T${time}`)
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}

export type Question = ReturnType<typeof questionOf>

function texts(
  search: Record<string, unknown>,
  names: readonly ('happenedFrom' | 'happenedTo' | 'asKnownOn' | 'find')[],
) {
  return Object.fromEntries(
    names.flatMap((name) =>
      textsOf(search[name])
        .slice(0, 1)
        .map((text) => [name, text]),
    ),
  )
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.flatMap((one) =>
    typeof one === 'string' && one !== ''
      ? [one]
      : typeof one === 'number' || one === true
        ? [String(one)]
        : [],
  )
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  const text = textsOf(value)[0]
  return known.find((one) => one === text)
}
