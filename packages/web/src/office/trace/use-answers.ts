import type { Answers } from '@lotline/core/recall/answers-shape'
import type { Explanation, Trace } from '@lotline/core/recall/trace-shape'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask } from '../../shared/api.ts'
import { drawTrace } from './graph/draw-trace.ts'
import type { Question } from './trace-query.ts'

/** Rows of each list that come with the first page; more come as they are looked at. */
const rowsAtFirst = 1_000
/** Traceables the picture is made from; what is beyond stands in the tables and exports. */
export const drawnFrom = 2_000

export type Lists = Answers['answers']

/** The four answers: the summary covers everything, the lists come page by page as they are looked at. */
export function useAnswers(question: Question) {
  const query = useInfiniteQuery({
    queryKey: ['answers', answersQuestion(question)],
    queryFn: ({ pageParam, signal }) =>
      ask<Answers>(
        '/v1/answers',
        { ...answersQuestion(question), limit: rowsAtFirst, cursor: pageParam },
        signal,
      ),
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
export function answersQuestion(question: Question) {
  const { id, follow, ring, happenedFrom, happenedTo, asKnownOn, all } = question
  return { id, follow, ring, happenedFrom, happenedTo, asKnownOn, all }
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

/** The trace that is drawn: as much of it as one page holds, which is far more than can be read. */
export function useDrawing(question: Question, first: Answers | undefined) {
  const query = useQuery({
    queryKey: ['trace', question],
    queryFn: ({ signal }) => ask<Trace>('/v1/trace', { ...question, limit: drawnFrom }, signal),
    enabled: question.id.length > 0,
    placeholderData: keepPreviousData,
  })
  const trace = query.data
  const lanes = useMemo(() => {
    if (!trace) return undefined
    const wentTo = question.direction === 'backward' ? [] : (first?.answers.wentTo ?? [])
    const gaps = new Set(trace.gaps.flatMap(({ traceable }) => traceable ?? []))
    return drawTrace({ nodes: trace.nodes, edges: trace.edges, wentTo, gaps })
  }, [trace, first, question.direction])
  const left = trace && trace.nextCursor !== null ? trace.summary.traceables : undefined
  return { lanes, error: query.error, left }
}

export function useProof(question: Question, to: string | undefined) {
  return useQuery({
    queryKey: ['explain', question, to],
    queryFn: ({ signal }) =>
      ask<Explanation>('/v1/explain', { ...answersQuestion(question), to: `#${to}` }, signal),
    enabled: to !== undefined,
  })
}
