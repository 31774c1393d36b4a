/** Who asks. More kinds come with accounts; whoever is added must be decided about below, or is denied. */
export type Subject =
  | { readonly kind: 'administrator'; readonly name: string }
  /** The page of a demo on the same machine: may look, may not change. */
  | { readonly kind: 'demo-reader' }
  | { readonly kind: 'stranger' }

/** What may be done; every route names one. */
export const actions = ['know', 'read', 'capture', 'bypass', 'import', 'verify', 'rebuild'] as const
export type Action = (typeof actions)[number]

/** What it is done to; finer resources come with sites and customers. */
export type Resource = 'product' | 'ledger' | 'genealogy' | 'definitions' | 'documents' | 'operation'

/**
 * The one decision about rights: deny unless allowed here. Handlers never check for themselves.
 * `know` is what a stranger may: that the product runs, its page and its reference.
 */
export function decide(subject: Subject, action: Action, _resource: Resource): boolean {
  if (action === 'know') return true
  switch (subject.kind) {
    case 'administrator':
      return true
    case 'demo-reader':
      return action === 'read' || action === 'verify'
    case 'stranger':
      return false
  }
}
