import { language } from './i18n.ts'

/** Groups of words for what the server names by a code of its own. */
export type WordGroup = 'factor' | 'kind' | 'status' | 'lane' | 'holder' | 'balance' | 'role' | 'method'

/** The word people say for a code; a code that no word is known for is shown as it is. */
export function wordFor(group: WordGroup, code: string): string {
  const found: unknown = language.getResource(
    language.resolvedLanguage ?? 'en',
    'translation',
    `${group}.${code}`,
  )
  return typeof found === 'string' ? found : code
}
