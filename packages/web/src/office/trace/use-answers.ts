import type { Answers } from '@lotline/core/recall/answers-shape'
import type { Explanation } from '@lotline/core/recall/trace-shape'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Lanes } from '../../shared/answer-shapes.ts'
import { ask } from '../../shared/api.ts'
import type { Question } from './trace-query.ts'

export type Lists = Answers['answers']

/** The four answers: the summary covers everything, the lists come page by page as they are looked at. */
export function useAnswers(question: Question) {
  const query = useInfiniteQuery({
    queryKey: ['answers', answersQuestion(question)],
    queryFn: ({ pageParam, signal }) =>
      ask<Answers>('/v1/answers', { ...answersQuestion(question), cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: question.id.length > 0,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const lists = useMemo(() => joined(pages ?? []), [pages])
  return { ...query, first: pages?.[0], lists }
}

/** Answers look forward for what is affected and backward for sources, whichever way the graph is drawn. */
export function answersQuestion({ direction: _, ...question }: Question) {
  return question
}

function joined(pages: readonly Answers[]): Lists {
  return {
    affected: pages.flatMap(({ answers }) => answers.affected),
    wentTo: pages.flatMap(({ answers }) => answers.wentTo),
    remains: pages.flatMap(({ answers }) => answers.remains),
    orders: pages.flatMap(({ answers }) => answers.orders),
    sources: pages.flatMap(({ answers }) => answers.sources),
    gaps: pages.flatMap(({ answers }) => answers.gaps),
  }
}

export function useLanes(question: Question) {
  return useQuery({
    queryKey: ['lanes', question],
    queryFn: ({ signal }) => ask<Lanes>('/v1/lanes', question, signal),
    enabled: question.id.length > 0,
    placeholderData: keepPreviousData,
  })
}

export function useProof(question: Question, to: string | undefined) {
  return useQuery({
    queryKey: ['explain', question, to],
    queryFn: ({ signal }) => ask<Explanation>('/v1/explain', { ...question, to: to ?? '' }, signal),
    enabled: to !== undefined,
  })
}
