import type en from './en.json'
import type floor from './floor/en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en; floor: typeof floor }
    returnNull: false
  }
}
