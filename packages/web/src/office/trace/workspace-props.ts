import type { Answers } from '@lotline/core/recall/answers-shape'
import type { Change, Question, TraceSearch } from './trace-query.ts'
import type { Lists } from './use-answers.ts'

/** One question with its answers, as graph and tables need them. */
export interface WorkspaceProps {
  readonly search: TraceSearch
  readonly question: Question
  readonly lists: Lists
  readonly first: Answers
  readonly change: Change
  readonly more: boolean
  readonly onMore: () => void
}
