/**
 * How each EPC scheme is made of a GS1 key (EPC Tag Data Standard 2.x, section 6; CBV 2.0, 8.2).
 *
 * `digits` counts company prefix and reference together, without check digit; 0 means the reference is text of any length.
 * `indicator`: the first digit of the reference is written before the company prefix in the key.
 * `key` is the application identifier of the key; `rest` says where the parts after the reference go: `tail` is appended to
 * the key's data, a number is an identifier of its own. `fill` is put before the key's digits.
 */
export interface EpcScheme {
  readonly key: string
  readonly digits: number
  readonly indicator: boolean
  readonly check: boolean
  readonly fill: string
  readonly rest: readonly string[]
  readonly kind: IdentityKind
}

/** What an identity is, in the shop's words. */
export type IdentityKind =
  'serial' | 'lot' | 'item' | 'container' | 'asset' | 'place' | 'party' | 'document' | 'shipment' | 'other'

function scheme(
  kind: IdentityKind,
  key: string,
  digits: number,
  rest: EpcScheme['rest'],
  special: Partial<Pick<EpcScheme, 'indicator' | 'check' | 'fill'>> = {},
): EpcScheme {
  return { kind, key, digits, rest, indicator: false, check: true, fill: '', ...special }
}

export const epcSchemes: Readonly<Record<string, EpcScheme>> = {
  sgtin: scheme('serial', '01', 13, ['21'], { indicator: true }),
  lgtin: scheme('lot', '01', 13, ['10'], { indicator: true }),
  upui: scheme('serial', '01', 13, ['235'], { indicator: true }),
  itip: scheme('serial', '8006', 13, ['tail', 'tail', '21'], { indicator: true }),
  sscc: scheme('container', '00', 17, [], { indicator: true }),
  sgln: scheme('place', '414', 12, ['254']),
  pgln: scheme('party', '417', 12, []),
  grai: scheme('asset', '8003', 12, ['tail'], { fill: '0' }),
  giai: scheme('asset', '8004', 0, [], { check: false }),
  gsrn: scheme('party', '8018', 17, []),
  gsrnp: scheme('party', '8017', 17, []),
  gdti: scheme('document', '253', 12, ['tail']),
  sgcn: scheme('document', '255', 12, ['tail']),
  cpi: scheme('serial', '8010', 0, ['8011'], { check: false }),
  ginc: scheme('shipment', '401', 0, [], { check: false }),
  gsin: scheme('shipment', '402', 16, []),
}

/** Which identifiers of a label say what a thing is; the first row whose identifiers are all there decides. */
export const identityRows: readonly {
  readonly kind: IdentityKind
  readonly values: readonly string[]
  /** The identifier that tells single things of one class apart, and those that name the class. */
  readonly classOf?: readonly string[]
}[] = [
  { kind: 'serial', values: ['01', '21'], classOf: ['01'] },
  { kind: 'serial', values: ['01', '235'], classOf: ['01'] },
  { kind: 'serial', values: ['8006', '21'], classOf: ['8006'] },
  { kind: 'serial', values: ['8010', '8011'], classOf: ['8010'] },
  { kind: 'lot', values: ['01', '10'], classOf: ['01'] },
  { kind: 'lot', values: ['8006', '10'], classOf: ['8006'] },
  { kind: 'lot', values: ['02', '10'], classOf: ['02'] },
  { kind: 'container', values: ['00'] },
  { kind: 'asset', values: ['8003'] },
  { kind: 'asset', values: ['8004'] },
  { kind: 'document', values: ['253'] },
  { kind: 'document', values: ['255'] },
  { kind: 'item', values: ['01'] },
  { kind: 'item', values: ['8006'] },
  { kind: 'item', values: ['8010'] },
  { kind: 'place', values: ['414', '254'] },
  { kind: 'place', values: ['414'] },
  { kind: 'party', values: ['417'] },
  { kind: 'party', values: ['8017'] },
  { kind: 'party', values: ['8018'] },
  { kind: 'shipment', values: ['401'] },
  { kind: 'shipment', values: ['402'] },
]
