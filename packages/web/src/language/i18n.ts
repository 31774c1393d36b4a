import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

export const language = i18next.createInstance()

/** Loads the words before the first screen is drawn. Languages are files beside this one with the same keys. */
export async function startLanguage(): Promise<void> {
  await language.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}
