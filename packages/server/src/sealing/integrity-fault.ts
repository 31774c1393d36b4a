/** What is wrong, where, in one word for programs and one sentence for people. */
export interface IntegrityFault {
  readonly kind:
    | 'guard_missing'
    | 'position_gap'
    | 'chain_broken'
    | 'bytes_changed'
    | 'bytes_missing'
    | 'not_canonical'
    | 'envelope_wrong'
    | 'head_wrong'
    | 'replay_failed'
    | 'row_missing'
    | 'row_extra'
    | 'row_changed'
    | 'answer_wrong'
    /** The ledger has fewer entries than were signed: it was cut, or an older copy was put in its place. */
    | 'checkpoint_ahead'
    /** The entries are not those that were signed. */
    | 'checkpoint_differs'
    /** A checkpoint without a good signature of this installation. */
    | 'checkpoint_unsigned'
    | 'keys_broken'
    /** A ledger that was signed is not in the database at all. */
    | 'ledger_missing'
    | 'subtree_wrong'
    | 'document_missing'
    | 'document_changed'
  /** Position in the ledger, where it has one. */
  readonly position: number | null
  readonly table: string | null
  readonly message: string
}

/** Takes a fault in. */
export type Found = (fault: IntegrityFault) => void

export function fault(
  kind: IntegrityFault['kind'],
  position: number | null,
  message: string,
  table: string | null = null,
): IntegrityFault {
  return { kind, position, table, message }
}
