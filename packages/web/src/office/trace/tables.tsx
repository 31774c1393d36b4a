import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drawing } from './graph/drawing.ts'
import { countText } from '../../shared/language-formats.ts'
import type { Selection } from './selection.ts'
import { AnswerTable } from './table/answer-tables.tsx'
import { TreeTable } from './table/tree-table.tsx'
import { type Tab, tabs } from './trace-query.ts'
import styles from './trace-page.module.css'
import type { WorkspaceProps } from './workspace-props.ts'

interface TablesProps {
  readonly workspace: WorkspaceProps
  readonly lanes: Drawing | undefined
  readonly narrow: boolean
  readonly selection: Selection
  readonly onPin: (key: string, add: boolean) => void
  readonly onHover: (key: string | undefined) => void
  readonly onTrace: (code: string) => void
}

/** The tables of the set, one at a time; the tree says what the graph says. */
export function Tables({ workspace, lanes, narrow, selection, onPin, onHover, onTrace }: TablesProps) {
  const { t } = useTranslation()
  const { search, question, lists, change, more, onMore } = workspace
  const { balance } = workspace.first
  const tab = search.tab ?? (narrow ? 'tree' : question.direction === 'backward' ? 'sources' : 'affected')
  return (
    <div className={styles['tables']}>
      <TabList
        tab={tab}
        counts={{ ...counted(lists), balance: balance.length }}
        more={more}
        onTab={(next) => change({ tab: next, find: undefined })}
      />
      <div role="tabpanel" id="answer-table" aria-label={t(`tabs.${tab}`)} className={styles['table']}>
        {tab === 'tree' ? (
          lanes ? (
            <TreeTable
              lanes={lanes}
              direction={question.direction}
              selection={selection}
              onPin={onPin}
              onHover={onHover}
            />
          ) : (
            <p className={styles['loading']}>{t('table.loading')}</p>
          )
        ) : (
          <AnswerTable
            tab={tab}
            lists={lists}
            balance={balance}
            selection={selection}
            find={search.find ?? ''}
            onFind={(find) => change({ find: find === '' ? undefined : find })}
            onPin={onPin}
            onHover={onHover}
            onTrace={onTrace}
            more={more}
            onMore={onMore}
          />
        )}
      </div>
    </div>
  )
}

function counted(lists: WorkspaceProps['lists']): Record<Exclude<Tab, 'tree' | 'balance'>, number> {
  return {
    affected: lists.affected.length,
    wentTo: lists.wentTo.length,
    remains: lists.remains.length,
    orders: lists.orders.length,
    sources: lists.sources.length,
    gaps: lists.gaps.length,
  }
}

interface TabListProps {
  readonly tab: Tab
  readonly counts: Record<Exclude<Tab, 'tree'>, number>
  readonly more: boolean
  readonly onTab: (tab: Tab) => void
}

function TabList({ tab, counts, more, onTab }: TabListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onTab(next)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label={t('tabs.label')} className={styles['tabs']} onKeyDown={walk}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={name === tab}
          aria-controls="answer-table"
          tabIndex={name === tab ? 0 : -1}
          className={styles['tab']}
          onClick={() => onTab(name)}
        >
          {t(`tabs.${name}`)}
          {name === 'tree' ? null : (
            <span className={styles['tabCount']}>
              {countText(counts[name])}
              {more && counts[name] > 0 && counts[name] % 100 === 0 ? '+' : ''}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
