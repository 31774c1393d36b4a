import { grouped } from './grouped.ts'
import { type RefusalPlace, refusalPlaces } from './refusal-codes.ts'

/** `docs/reference/refusals.md`: every code with what it says and what to do. */
export function refusalsPage(): string {
  const byCode = grouped(refusalPlaces(), (place) => place.code)
  return [
    '# Refusals\n',
    'Made by `npm run gen` from the sources. A refusal changes nothing: it carries a stable `code`, a `message` that says',
    'what happened to which thing and why, and a `fix` that says what to do now. `{lot}` and `…` stand for what is filled in.\n',
    ...[...byCode].map(([code, places]) => entry(code, places)),
  ].join('\n')
}

function entry(code: string, places: readonly RefusalPlace[]): string {
  const said = new Map(places.map((place) => [`${place.message} ${place.fix}`, place]))
  const paragraphs = [...said.values()].map(
    ({ message, fix, path }) => `${message}\n\n*Fix:* ${fix}\n\n<sub>[${path}](../../${path})</sub>\n`,
  )
  return [`## \`${code}\`\n`, ...paragraphs].join('\n')
}
