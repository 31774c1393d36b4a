import type { GapKind } from '../ledger/record-tables.ts'

/** What mends each kind of gap, in words for the person who finds it. */
export const gapFixes: { readonly [Kind in GapKind]: string } = {
  'used-before-received': 'Record its receipt, or import the records that tell where it came from.',
  'unknown-origin': 'Record how it came to be: its receipt, its making, or what was packed in it.',
  'unknown-lot':
    'Find out which lot was taken (label, count, neighbours) and record the consumption with it.',
  'input-not-recorded':
    'Record what went in; until then everything that was on hand of its bill of material is a candidate.',
  shortfall: 'Count the stock, or record the receipt that is missing.',
  'refused-on-sync': 'Look at the capture that was refused and record what really happened.',
  'time-order': 'Check the times of the records that contradict each other and correct the wrong one.',
}
