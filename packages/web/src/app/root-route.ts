import { createRootRoute } from '@tanstack/react-router'
import { MissingPage } from './missing-page.tsx'

/** Above office and floor there is nothing but the address. */
export const root = createRootRoute({ notFoundComponent: MissingPage })
