import type { Lanes } from '@lotline/core/recall/lanes-shape'

/** The part of the server's answer that is drawn. */
export type Drawing = Pick<Lanes, 'lanes' | 'nodes' | 'edges'>
