import { Drawer } from '@mantine/core'
import type { CauseShape, CommonCause } from '@lotline/core/recall/common-cause-shape'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordFor } from '../../language/word-for.ts'
import { Identifier } from '../../look/identifier.tsx'
import { countText } from '../../shared/language-formats.ts'
import { causeWords } from './cause-words.ts'
import styles from './members-drawer.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import type { Column } from './table/column.ts'
import { TablePane } from './table/table-pane.tsx'
import type { Question } from './trace-query.ts'
import { useCommonCause } from './use-answers.ts'

interface CauseProps {
  readonly question: Question
  /** Numbers of the units that failed; undefined when nothing is asked. */
  readonly units: readonly string[] | undefined
  readonly onClose: () => void
  readonly onTrace: (code: string) => void
}

/** What the pinned units have in common, ranked against all others of their items. */
export function CauseDrawer({ question, units, onClose, onTrace }: CauseProps) {
  const { t } = useTranslation()
  const found = useCommonCause(question, units ?? [], units !== undefined)
  return (
    <Drawer
      opened={units !== undefined}
      onClose={onClose}
      position="right"
      size={860}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={t('cause.title', { number: countText(units?.length ?? 0) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {found.error ? (
        <ProblemNotice fault={found.error} onAgain={() => void found.refetch()} />
      ) : found.data ? (
        <Causes found={found.data} onTrace={onTrace} />
      ) : (
        <p role="status">{t('cause.loading')}</p>
      )}
    </Drawer>
  )
}

function Causes({ found, onTrace }: { found: CommonCause; onTrace: (code: string) => void }) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const columns = useCauseColumns(found)
  const { failing, good, tested, causes } = found
  const isNothing = !causes.some(({ significant }) => significant)
  return (
    <div className={styles['list']}>
      <p>
        {t('cause.counts', {
          failing: countText(failing),
          good: countText(good.units),
          of: countText(good.of),
          tested: countText(tested),
        })}{' '}
        {isNothing ? t('cause.nothing') : ''}
      </p>
      <TablePane
        label={t('cause.table')}
        empty={t('cause.nothing')}
        rows={causes}
        columns={columns}
        rowKey={({ kind, id, name }) => `${kind} ${id} ${name}`}
        marked={({ significant, explainedBy }) => significant && explainedBy === null}
        onOpen={({ id }) => id !== null && onTrace(`#${id}`)}
        find={find}
        onFind={setFind}
        more={false}
        onMore={() => undefined}
      />
    </div>
  )
}

function useCauseColumns({ failing, good }: CommonCause): Column<CauseShape>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const words = (row: CauseShape) => causeWords(row, { failing, good: good.units })
    return [
      {
        key: 'kind',
        label: t('cause.kind'),
        text: ({ kind }) => wordFor('factor', kind),
        width: 104,
        grow: 1,
      },
      {
        key: 'name',
        label: t('cause.name'),
        text: ({ name, same }) => [name, ...same.map((one) => one.name)].join(', '),
        cell: (row) => (row.id === null ? words(row).name : <Identifier code={words(row).name} strong />),
        width: 168,
        grow: 2,
      },
      {
        key: 'failing',
        label: t('cause.failing'),
        text: (row) => words(row).failing,
        right: true,
        width: 96,
        grow: 1,
      },
      {
        key: 'good',
        label: t('cause.good'),
        text: (row) => words(row).good,
        right: true,
        width: 96,
        grow: 1,
      },
      {
        key: 'odds',
        label: t('cause.odds'),
        text: (row) => words(row).odds,
        order: ({ odds }) => odds.value,
        right: true,
        width: 128,
        grow: 1,
      },
      {
        key: 'adjusted',
        label: t('cause.adjusted'),
        text: (row) => words(row).adjusted,
        order: ({ bonferroni }) => bonferroni,
        right: true,
        width: 96,
        grow: 1,
      },
      {
        key: 'verdict',
        label: t('cause.verdict'),
        text: ({ significant, explainedBy }) =>
          explainedBy !== null
            ? t('cause.comesWith', { name: explainedBy })
            : t(significant ? 'cause.stands' : 'cause.chance'),
        width: 128,
        grow: 1.5,
      },
    ]
  }, [t, failing, good.units])
}
