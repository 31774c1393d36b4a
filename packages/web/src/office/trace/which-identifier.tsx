import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Identifier } from '../../look/identifier.tsx'
import { Notice } from '../../look/notice.tsx'
import { askForSearch } from '../../shared/page-events.ts'
import type { SearchMatch } from '../../shared/answer-shapes.ts'
import type { Problem } from '../../shared/problem.ts'
import { useOpenTrace } from '../../search/use-open-trace.ts'
import { matchesIn } from './matches-in.ts'
import styles from './which-identifier.module.css'
import { wordFor } from '../../language/word-for.ts'

/** An identifier nobody knows, with what comes close; or one that names several things, with the choice. */
export function WhichIdentifier({ problem, ids }: { problem: Problem; ids: readonly string[] }) {
  const { t } = useTranslation()
  const openTrace = useOpenTrace()
  const value = problem.value ?? ids.join(', ')
  const unknown = problem.code === 'id_unknown'
  const offered = matchesIn(problem.details)
  const replaced = (code: string): readonly string[] =>
    ids.length === 1 ? [code] : ids.map((id) => (id === problem.value ? code : id))
  const nameOf = (match: SearchMatch): string =>
    unknown || match.type !== 'traceable' ? match.code : `#${match.id}`
  const choose = (match: SearchMatch): void => openTrace(replaced(nameOf(match)))
  const parts = value.split(/\s+/)
  return (
    <Notice
      title={t(unknown ? 'unknown.title' : 'ambiguous.title', { value })}
      text={unknown ? (offered.length > 0 ? t('unknown.near') : t('unknown.none')) : t('ambiguous.text')}
    >
      <ul className={styles['choices']}>
        {offered.map((match) => (
          <li key={`${match.type} ${match.id}`}>
            <button type="button" className={styles['choice']} onClick={() => choose(match)}>
              <Identifier code={match.code} strong />
              <span className={styles['about']}>
                {wordFor('kind', match.kind ?? match.type)}
                {match.item === null ? '' : ` · ${match.item}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        {unknown || offered.length === 0 ? null : (
          <Button variant="default" onClick={() => openTrace(ids, true)}>
            {t('ambiguous.all', { count: offered.length })}
          </Button>
        )}
        {unknown && parts.length > 1 ? (
          <Button variant="default" onClick={() => openTrace(parts)}>
            {t('unknown.split', { count: parts.length })}
          </Button>
        ) : null}
        <Button variant="default" onClick={askForSearch}>
          {t('unknown.back')}
        </Button>
      </div>
    </Notice>
  )
}
