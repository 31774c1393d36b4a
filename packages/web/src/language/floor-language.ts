import { language } from './i18n.ts'
import en from './floor/en.json'
import { pseudoWords } from './pseudo-language.ts'

export type FloorLanguage = 'en' | 'es' | 'de' | 'zh'

/** Each language by its own name: who looks for it does not read the others. */
export const floorLanguages: readonly { readonly code: FloorLanguage; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'de', name: 'Deutsch' },
  { code: 'zh', name: '中文' },
]

const languageKey = 'lotline-language'

/** Only the language that is spoken is fetched. */
const others = {
  de: () => import('./floor/de.json'),
  es: () => import('./floor/es.json'),
  zh: () => import('./floor/zh.json'),
} as const

language.addResourceBundle('en', 'floor', en)

/** The language this person chose on this device, else that of the system where the floor speaks it, else English. */
export async function startFloorLanguage(): Promise<void> {
  const kept = localStorage.getItem(languageKey)
  const wanted = kept ?? floorLanguages.find(({ code }) => navigator.language.startsWith(code))?.code ?? 'en'
  await speak(wanted)
}

export async function setLanguage(code: FloorLanguage): Promise<void> {
  localStorage.setItem(languageKey, code)
  await speak(code)
}

async function speak(code: string): Promise<void> {
  if (code === 'en-XA') language.addResourceBundle('en-XA', 'floor', pseudoWords(en))
  if (code === 'de' || code === 'es' || code === 'zh') {
    const { default: words } = await others[code]()
    language.addResourceBundle(code, 'floor', words)
  }
  await language.changeLanguage(code)
  document.documentElement.lang = code
}
