import { language } from './i18n.ts'

/** Words of the floor for what the server names by a code of its own. */
export type FloorWordGroup = 'status' | 'holder' | 'kind' | 'stop.titles'

/** The word people say for a code, in their language; undefined where none is known. */
export function floorWord(group: FloorWordGroup, code: string): string | undefined {
  const spoken = language.resolvedLanguage ?? 'en'
  const found: unknown =
    language.getResource(spoken, 'floor', `${group}.${code}`) ??
    language.getResource('en', 'floor', `${group}.${code}`)
  return typeof found === 'string' ? found : undefined
}
