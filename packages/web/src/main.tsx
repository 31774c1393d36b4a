import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import './look/mantine-parts.css'
import './look/page.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router.tsx'
import { startLanguage } from './language/i18n.ts'
import { theme, variablesResolver } from './look/theme.ts'
import { Problem } from './shared/problem.ts'

/** What the server refuses it refuses again; only a server that cannot be reached is asked once more. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A plant's server is often on a network without the internet: asking tells, the browser's opinion does not.
      networkMode: 'always',
      retry: (failures, fault) => failures < 1 && (!(fault instanceof Problem) || fault.status === 0),
      refetchOnWindowFocus: false,
      staleTime: 5_000,
    },
  },
})

await startLanguage()
const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
