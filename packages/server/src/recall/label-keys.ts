import { isRefusal } from '@lotline/core/base/refusal'
import { codeKeyOf } from '@lotline/core/identity/code'
import { type Identity, identityOf, identityOfText } from '@lotline/standards/epc/identity'
import { readScan } from '@lotline/standards/gs1/scan'

/** What a scanned label names: the text under which it was stored, and the lot or serial of an item it stands for. */
export interface LabelReading {
  /** Keys to look up as they are: canonical link, bare code of a container. */
  readonly keys: readonly string[]
  /** A lot or serial with every spelling of its class: GTIN of 14, 13, 12 digits, canonical link. */
  readonly ofClass: { readonly classKeys: readonly string[]; readonly code: string } | undefined
}

/**
 * The readings of a GS1 element string, printed form, Digital Link or EPC URN; none for a plain text. A text that may be
 * read in several ways gives all of them: what is known decides, and two that are known are asked about.
 */
export function labelReadings(text: string): readonly LabelReading[] {
  const identity = identityOfText(text)
  if (identity) return [readingOf(identity)]
  const scan = readScan(text.trim())
  if (isRefusal(scan) || scan.kind !== 'ambiguous') return []
  return scan.readings.flatMap((values) => {
    const found = identityOf(values)
    return found ? [readingOf(found)] : []
  })
}

function readingOf(identity: Identity): LabelReading {
  const { uri, code, classUri, classCode } = identity
  if (classCode === undefined) return { keys: [codeKeyOf(uri), codeKeyOf(code)], ofClass: undefined }
  const digits = classCode.replace(/^0+(?=\d{8})/, '')
  const spellings = [
    classCode,
    digits,
    digits.padStart(12, '0'),
    digits.padStart(13, '0'),
    digits.padStart(14, '0'),
  ]
  const classKeys = [...new Set([...spellings, ...(classUri === undefined ? [] : [classUri])])]
  return { keys: [codeKeyOf(uri)], ofClass: { classKeys, code: codeKeyOf(code) } }
}
