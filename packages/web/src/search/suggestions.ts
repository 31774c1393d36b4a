import { useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import type { Found } from '../shared/answer-shapes.ts'
import { ask } from '../shared/api.ts'
import { identifiersIn } from './identifiers.ts'

/** Matches for the identifier that is being typed: the last one, when there are several. */
export function useSuggestions(text: string, open: boolean) {
  const last = identifiersIn(text).at(-1) ?? ''
  const [settled] = useDebouncedValue(last, 150)
  return useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => ask<Found>('/v1/search', { text: settled }, signal),
    enabled: open && settled.length > 1,
    staleTime: 10_000,
  })
}
