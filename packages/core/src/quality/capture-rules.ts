import { refuse, type Refusal } from '../base/refusal.ts'
import type { CaptureRule, ItemRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'

export type CaptureRefusal = Refusal<'capture_required'>

/** Whether a field was captured; `attributes.<name>` for further facts. */
export type Captured = (field: string) => unknown

/** Reads fields of a command, and its attributes by `attributes.<name>` or plain name. */
export function capturedIn(command: { readonly [field: string]: unknown }): Captured {
  const attributes = command['attributes']
  return (field) => {
    const name = field.replace(/^attributes\./, '')
    const own = field === name ? command[field] : undefined
    return own ?? (isRecord(attributes) ? attributes[name] : undefined)
  }
}

/**
 * What the rules of an item ask to be captured here (A8). `enforce` refuses and names the field; `warn` leaves an exception
 * for a person; `observe` only counts. Gives the fields that were asked for and not captured, for the event to keep.
 */
export function checkCapture(
  context: DecisionContext,
  item: ItemRow,
  at: CaptureRule['at'],
  ask: {
    captured: Captured
    site?: string | undefined
    operation?: string | null | undefined
    traceable?: number
  },
): readonly string[] | CaptureRefusal {
  const missing: string[] = []
  const about = ask.traceable === undefined ? undefined : { traceable: ask.traceable }
  for (const rule of item.rules) {
    if (rule.at !== at || !applies(rule, ask)) continue
    const value = ask.captured(rule.field)
    if (value !== undefined && value !== null && value !== '') continue
    missing.push(rule.field)
    if (rule.force === 'observe') continue
    const required = refuse('capture_required', {
      message: `${item.code} asks for ${rule.field} at ${rule.at}; it is not given.`,
      fix: `Scan or type ${rule.field}.`,
      field: rule.field.replace('.', '/'),
      value: item.code,
    })
    if (rule.force === 'warn') context.warn(required, about)
    else if (context.breaks(required, about)) return required
  }
  return missing
}

function applies(
  rule: CaptureRule,
  ask: { site?: string | undefined; operation?: string | null | undefined },
): boolean {
  const siteFits = rule.site === undefined || rule.site === ask.site
  return siteFits && (rule.operation === undefined || rule.operation === ask.operation)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
