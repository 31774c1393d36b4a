import type { Answers } from '@lotline/core/recall/answers-shape'
import type { AffectedRow } from '@lotline/core/recall/answers-shape'
import type { CommonCause } from '@lotline/core/recall/common-cause-shape'
import type { Lanes } from '@lotline/core/recall/lanes-shape'
import type { Explanation } from '@lotline/core/recall/trace-shape'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, askAbout } from '../../shared/api.ts'
import type { Question } from './trace-query.ts'

/** Rows of each list that come with the first page; more come as they are looked at. */
const rowsAtFirst = 1_000

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

/** The trace as it is drawn: folded by the server, whatever its size, with the boxes that were opened. */
export function useDrawing(question: Question, open: readonly string[]) {
  const query = useQuery({
    queryKey: ['lanes', question, open],
    queryFn: ({ signal }) => ask<Lanes>('/v1/lanes', { ...question, open }, signal),
    enabled: question.id.length > 0,
    placeholderData: keepPreviousData,
  })
  return { lanes: query.data, error: query.error }
}

interface Members {
  readonly count: number
  readonly rows: readonly AffectedRow[]
  readonly nextCursor: string | null
}

/** What one box stands for, page by page as it is looked at. */
export function useMembers(question: Question, open: readonly string[], box: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: ['members', question, open, box],
    queryFn: ({ pageParam, signal }) =>
      ask<Members>(
        '/v1/lanes/members',
        { ...question, open, box, limit: rowsAtFirst, cursor: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: box !== undefined,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  return { ...query, rows, count: query.data?.pages[0]?.count ?? 0 }
}

/** What these units have in common, against all others of their items. */
export function useCommonCause(question: Question, ids: readonly string[], wanted: boolean) {
  return useQuery({
    queryKey: ['common-cause', question, ids],
    queryFn: ({ signal }) => {
      const { id: _roots, direction: _direction, ...rest } = question
      const about = { ids: ids.map((id) => `#${id}`), ...rest }
      return askAbout<CommonCause>('/v1/common-cause', about, signal)
    },
    enabled: wanted,
  })
}

export function useProof(question: Question, to: string | undefined) {
  return useQuery({
    queryKey: ['explain', question, to],
    queryFn: ({ signal }) =>
      ask<Explanation>('/v1/explain', { ...answersQuestion(question), to: `#${to}` }, signal),
    enabled: to !== undefined,
  })
}
