import type { TFunction } from 'i18next'

/** The words of the floor, as `useTranslation('floor')` gives them. */
export type FloorWords = TFunction<'floor'>
