import { useDocumentTitle } from '@mantine/hooks'
import { useSearch } from '@tanstack/react-router'
import type { Answers } from '@lotline/core/recall/answers-shape'
import { useTranslation } from 'react-i18next'
import { Identifier } from '../../look/identifier.tsx'
import { Notice } from '../../look/notice.tsx'
import { LinkButton } from '../../look/link-button.tsx'
import { identifiersText } from '../../search/identifiers.ts'
import { askForSearch } from '../../shared/page-events.ts'
import { Problem } from '../../shared/problem.ts'
import { AnswerStrip } from './answer-strip.tsx'
import { Completeness } from './completeness-chip.tsx'
import { ExportMenu } from './export-menu.tsx'
import { MassBalance } from './mass-balance.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { questionOf } from './trace-query.ts'
import styles from './trace-page.module.css'
import { useAnswers } from './use-answers.ts'
import { useChange } from './use-change.ts'
import { WhichIdentifier } from './which-identifier.tsx'
import { Workspace } from './workspace.tsx'
import { wordFor } from '../../language/word-for.ts'

/** One question, whole: the four answers first, then the balance, then graph and tables of the same set. */
export function TracePage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/office/trace' })
  const question = questionOf(search)
  const { change, openTable } = useChange()
  const answers = useAnswers(question)
  const asked = identifiersText(question.id)
  useDocumentTitle([asked, t('trace.title'), t('product')].filter((part) => part !== '').join(' · '))
  if (question.id.length === 0) {
    return (
      <Notice title={t('trace.emptyTitle')} text={t('trace.emptyText')}>
        <LinkButton onClick={askForSearch}>{t('trace.emptyAction')}</LinkButton>
      </Notice>
    )
  }
  if (answers.error && !answers.first) {
    const { error } = answers
    const which = error instanceof Problem && (error.code === 'id_unknown' || error.code === 'ambiguous_id')
    if (which) return <WhichIdentifier problem={error} ids={question.id} />
    return <ProblemNotice fault={error} onAgain={() => void answers.refetch()} />
  }
  if (!answers.first) {
    return (
      <p className={styles['loading']} role="status">
        {t('trace.loading', { ids: asked })}
      </p>
    )
  }
  const { first } = answers
  return (
    <div className={styles['page']} aria-busy={answers.isPlaceholderData}>
      <div className={styles['top']}>
        <Roots roots={first.roots} />
        <Completeness answers={first} onGaps={() => openTable('gaps')} />
        <ExportMenu question={question} position={first.position} />
      </div>
      <AnswerStrip summary={first.summary} onOpen={openTable} />
      <MassBalance rows={first.balance} onOpen={() => openTable('balance')} />
      <Workspace
        key={asked}
        search={search}
        question={question}
        lists={answers.lists}
        first={first}
        change={change}
        more={answers.hasNextPage}
        onMore={() => {
          if (answers.hasNextPage && !answers.isFetchingNextPage) void answers.fetchNextPage()
        }}
      />
    </div>
  )
}

/** What was asked, as it was understood. */
function Roots({ roots }: { roots: Answers['roots'] }) {
  const { t } = useTranslation()
  const shown = roots.slice(0, 3)
  return (
    <h1 className={styles['roots']}>
      {shown.map((root) => (
        <span key={root.id} className={styles['root']}>
          <Identifier code={root.code} strong />
          <span className={styles['rootAbout']}>
            {[
              wordFor('kind', root.kind),
              root.item
                ? `${root.item.code} ${root.item.name === root.item.code ? '' : root.item.name}`.trim()
                : '',
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </span>
      ))}
      {roots.length > shown.length ? (
        <span className={styles['rootAbout']}>
          {t('trace.andMore', { count: roots.length - shown.length })}
        </span>
      ) : null}
    </h1>
  )
}
