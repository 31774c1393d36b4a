import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { decimalOf } from '../base/quantity.ts'
import type { View } from '../base/view.ts'
import { findItem } from '../identity/lookup.ts'
import type { ItemRow, Json, JsonObject } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { BomLine } from '../ledger/definitions.ts'
import { definitionTable, type DefinitionRow } from '../ledger/record-tables.ts'
import { readDate } from '../ledger/dates.ts'
import type { BomLineGiven, ThingFields } from './fields.ts'

export type DefinitionRefusal = Refusal<'definition_incomplete' | 'version_fixed' | 'material_of_itself'>

/** Finds a version of a definition; retired ones included. */
export function versionOf(
  view: View,
  of: { kind: DefinitionRow['kind']; item: number; version: string },
): DefinitionRow | undefined {
  return view.list(definitionTable, 'byVersion', [of.kind, of.item, of.version])[0]
}

/** What is missing before a bill of material or routing can be told from another. */
export function itemAndVersion(
  context: DecisionContext,
  kind: DefinitionRow['kind'],
  given: { readonly item?: string | undefined; readonly version?: string | undefined },
): { item: ItemRow; version: string } | Refusal {
  if (given.item === undefined || given.version === undefined) return incomplete(kind, 'item and version')
  const item = findItem(context.view, given.item)
  return isRefusal(item) ? item : { item, version: given.version }
}

function incomplete(kind: DefinitionRow['kind'], what: string): DefinitionRefusal {
  return refuse('definition_incomplete', {
    message: `The ${kind} does not say its ${what}.`,
    fix: `Give ${what}.`,
    field: what.split(' ')[0] ?? what,
  })
}

/** A new version of a bill of material or a routing. A version that stands keeps its content for ever (A5). */
export function definitionFrom(
  context: DecisionContext,
  of: { no: number; kind: DefinitionRow['kind']; item: ItemRow; version: string; given: ThingFields },
): DefinitionRow | Refusal {
  const body = of.kind === 'bom' ? bomBody(context, of.item, of.given) : routingBody(of.given)
  if (isRefusal(body)) return body
  const effectiveFrom = readDate(of.given.effectiveFrom, 'effectiveFrom')
  if (isRefusal(effectiveFrom)) return effectiveFrom
  const effectiveTo = readDate(of.given.effectiveTo, 'effectiveTo')
  if (isRefusal(effectiveTo)) return effectiveTo
  const { no, kind, version } = of
  return { no, kind, item: of.item.no, version, effectiveFrom, effectiveTo, body, retired: false }
}

/** The same version with other days in force; its content stays. */
export function definitionRevised(old: DefinitionRow, given: ThingFields): DefinitionRow | Refusal {
  if (given.lines !== undefined || given.operations !== undefined || given.output !== undefined) {
    return refuse('version_fixed', {
      message: `Version ${old.version} stands: orders may have been made by it.`,
      fix: 'Define a new version, and end this one with effectiveTo.',
      field: 'version',
      value: old.version,
    })
  }
  const effectiveFrom = readDate(given.effectiveFrom, 'effectiveFrom')
  if (isRefusal(effectiveFrom)) return effectiveFrom
  const effectiveTo = readDate(given.effectiveTo, 'effectiveTo')
  if (isRefusal(effectiveTo)) return effectiveTo
  return {
    ...old,
    effectiveFrom: effectiveFrom ?? old.effectiveFrom,
    effectiveTo: effectiveTo ?? old.effectiveTo,
    retired: false,
  }
}

function bomBody(context: DecisionContext, product: ItemRow, given: ThingFields): JsonObject | Refusal {
  if (!given.lines) return incomplete('bom', 'lines')
  const output = measure(product, given.output ?? { value: '1' }, { field: 'output' })
  if (isRefusal(output)) return output
  const lines: BomLine[] = []
  for (const [index, line] of given.lines.entries()) {
    const made = bomLine(context, product, line, `lines/${index}`)
    if (isRefusal(made)) return made
    lines.push(made)
  }
  return { lines: lines.map((line): Json => ({ ...line })), output: output.quantity }
}

function bomLine(
  context: DecisionContext,
  product: ItemRow,
  line: BomLineGiven,
  field: string,
): BomLine | Refusal {
  const item = findItem(context.view, line.item, `${field}/item`)
  if (isRefusal(item)) return item
  if (item.no === product.no) {
    return refuse('material_of_itself', {
      message: `${product.code} would be made of itself.`,
      fix: 'Name the material it is made of.',
      field: `${field}/item`,
      value: line.item,
    })
  }
  const measured = measure(item, line.quantity, { field: `${field}/quantity` })
  if (isRefusal(measured)) return measured
  const alternates: number[] = []
  for (const code of line.alternates ?? []) {
    const alternate = findItem(context.view, code, `${field}/alternates`)
    if (isRefusal(alternate)) return alternate
    alternates.push(alternate.no)
  }
  const quantity = decimalOf(measured.amount, item.scale)
  const { operation = null, feed = null, overlapSeconds = null } = line
  return { item: item.no, code: item.code, quantity, operation, alternates, feed, overlapSeconds }
}

function routingBody(given: ThingFields): JsonObject | Refusal {
  const operations = given.operations
  if (!operations) return incomplete('routing', 'operations')
  const known = new Set(operations.map((each) => each.operation))
  for (const [index, each] of operations.entries()) {
    const missing = each.requires?.find((code) => !known.has(code) || code === each.operation)
    if (missing !== undefined) {
      return refuse('definition_incomplete', {
        message: `Operation ${each.operation} waits for ${missing}, which is no other operation of the routing.`,
        fix: 'Add that operation, or leave it out of requires.',
        field: `operations/${index}/requires`,
        value: missing,
      })
    }
  }
  return {
    operations: operations.map((each, index): Json => ({
      operation: each.operation,
      name: each.name ?? null,
      equipment: each.equipment ?? null,
      // A list of steps is a sequence, unless it says what each of them waits for.
      requires: each.requires ?? operations.slice(index - 1, index).map((before) => before.operation),
      inspection: each.inspection ?? false,
    })),
  }
}
