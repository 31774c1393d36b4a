import { assert } from '@lotline/core/base/assert'
import type { Reader } from '../database/transaction.ts'

/** An event as it lies in the ledger. `text` is null where its content was lawfully disposed of. */
export interface StoredEvent {
  readonly position: number
  /** Leaf hashes in hex: of the event before, and of this one. */
  readonly prev: string
  readonly leaf: string
  /** The canonical JSON whose UTF-8 bytes were hashed. */
  readonly text: string | null
}

const select = `select l.position, encode(l.prev, 'hex'), encode(l.leaf, 'hex'), b.bytes
  from ledger_leaf l
  left join event_bytes b on b.org_id = l.org_id and b.position = l.position
 where l.org_id = $1 and l.position > $2
 order by l.position
 limit $3`

/** The next events after a position (-1: from the beginning), in order. One query; what is returned is whole and committed. */
export async function storedEventsAfter(
  reader: Reader,
  position: number,
  limit: number,
): Promise<readonly StoredEvent[]> {
  const rows = await reader.raw('stored events', select, [reader.org, position, limit])
  return rows.map(([at, prev, leaf, bytes]) => {
    assert(typeof at === 'string' && typeof prev === 'string' && typeof leaf === 'string', 'never null')
    return {
      position: Number(at),
      prev,
      leaf,
      text: bytes === null || bytes === undefined ? null : textOf(bytes),
    }
  })
}

/** PostgreSQL writes bytes as `\x` and hex digits. Bytes that are no UTF-8 come out changed, and then fail their hash. */
function textOf(bytes: string): string {
  return Buffer.from(bytes.slice(2), 'hex').toString('utf8')
}

/** Some tenth of a second of folding: whoever else waits for the thread gets a turn between pages. */
const eventsPerPage = 250

/** Calls `each` with every event after a position in order, in pages. Stops when it returns false. */
export async function everyStoredEvent(
  reader: Reader,
  each: (event: StoredEvent) => boolean,
  from = -1,
): Promise<void> {
  let after = from
  for (;;) {
    const page = await storedEventsAfter(reader, after, eventsPerPage)
    for (const event of page) {
      if (!each(event)) return
      after = event.position
    }
    if (page.length === 0) return
  }
}
