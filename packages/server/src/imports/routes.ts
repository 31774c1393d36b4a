import { join } from 'node:path'
import { Type } from 'typebox'
import { isRefusal } from '@lotline/core/base/refusal'
import { nameOf, type Subject } from '../access/policy.ts'
import { recordCommands } from '../capture/intake.ts'
import { type Endpoint, endpoint, type Uploaded } from '../endpoint/endpoint.ts'
import { passingFault } from '../endpoint/passing-fault.ts'
import { problemOf } from '../endpoint/problem.ts'
import { dryRunCapture } from '../capture/dry-run.ts'
import { fileFormats } from '../exchange/file-format.ts'
import { importFile, type ImportOptions } from '../exchange/import-file.ts'
import type { CaptureMany, ImportProgress } from '../exchange/import-run.ts'
import type { Plant } from '../plant/plant.ts'

const query = Type.Object(
  {
    format: Type.Optional(Type.Enum(fileFormats, { description: 'Told by the content if left out' })),
    dryRun: Type.Optional(Type.Boolean({ description: 'Say what would be recorded; record nothing' })),
    mapping: Type.Optional(
      Type.String({ maxLength: 16_000, description: 'Mapping, if it is not a field of the form' }),
    ),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'File name, for messages' }),
    ),
  },
  { additionalProperties: false },
)

/** Files that others made: the form's file, or the body itself. */
export function importRoutes(plantOf: () => Plant, folder: string): readonly Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/imports',
      action: 'import',
      resource: 'ledger',
      tag: 'Capture',
      summary: 'Takes in a file of EPCIS, Catena-X, OCEL, CSV or XLSX',
      about:
        'A form with `file` and, for tables and logs, `mapping`; or the file itself as body. `Accept: application/x-ndjson` gives `{progress}` lines while it works and `{result}` or `{problem}` at the end. The same file again adds nothing.',
      takesFile: true,
      query,
      gives: Type.Record(Type.String(), Type.Unknown()),
      handle: async (ask) => {
        const given = await ask.upload({ folder: join(folder, 'uploads'), name: ask.query.name ?? 'file' })
        if (isRefusal(given)) return given
        const options = optionsOf(ask.query, given)
        const capture = captureFor(plantOf(), ask.query.dryRun ?? false, ask.subject)
        return ask.lines
          ? { lines: importLines(given, capture, options, ask.id) }
          : imported(given, capture, options)
      },
    }),
  ]
}

function optionsOf(
  asked: { format?: ImportOptions['format']; mapping?: string },
  { fields }: Uploaded,
): ImportOptions {
  return { format: asked.format, mapping: asked.mapping ?? fields['mapping'] }
}

function captureFor(plant: Plant, dryRun: boolean, subject: Subject): CaptureMany {
  const name = nameOf(subject)
  const sender = { actor: name, sentBy: name }
  return dryRun ? dryRunCapture(plant, sender) : (commands) => recordCommands(plant, commands, sender, 'each')
}

async function imported({ file }: Uploaded, capture: CaptureMany, options: ImportOptions) {
  try {
    return await importFile({ name: file.name, bytes: file.bytes, read: () => file.read() }, capture, options)
  } finally {
    await file.remove()
  }
}

/** Progress while the import works, then what became of it. */
async function* importLines(
  given: Uploaded,
  capture: CaptureMany,
  options: ImportOptions,
  id: string,
): AsyncGenerator<object> {
  const waiting: ImportProgress[] = []
  let wake = () => {}
  const onProgress = (progress: ImportProgress) => {
    waiting.push(progress)
    wake()
  }
  const done = imported(given, capture, { ...options, onProgress }).finally(() => wake())
  let ended = false
  void done.then(
    () => (ended = true),
    () => (ended = true),
  )
  while (!ended) {
    for (const progress of waiting.splice(0)) yield { progress }
    if (!ended)
      await Promise.race([done.catch(() => undefined), new Promise<void>((resolve) => (wake = resolve))])
  }
  try {
    const result = await done
    yield isRefusal(result) ? { problem: problemOf(result, id) } : { result }
  } catch (error) {
    // The status is sent already, so what to do stands in the last line.
    const problem = passingFault(error, id)
    if (!problem) throw error
    yield { problem }
  }
}
