import { Drawer } from '@mantine/core'
import type { LaneNode } from '@lotline/core/recall/lanes-shape'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countText } from '../../shared/language-formats.ts'
import styles from './members-drawer.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import { useColumns } from './table/columns.tsx'
import { TablePane } from './table/table-pane.tsx'
import type { Question } from './trace-query.ts'
import { useMembers } from './use-answers.ts'

interface MembersProps {
  readonly question: Question
  readonly open: readonly string[]
  readonly box: LaneNode | undefined
  readonly onClose: () => void
  readonly onTrace: (id: string) => void
}

/** A folded box as a list of any length. */
export function MembersDrawer({ question, open, box, onClose, onTrace }: MembersProps) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const members = useMembers(question, open, box?.key)
  const columns = useColumns()
  const title = box && t('graph.listOf', { number: countText(box.count), label: box.label })
  return (
    <Drawer
      opened={box !== undefined}
      onClose={onClose}
      position="right"
      size={760}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {members.error ? (
        <ProblemNotice fault={members.error} onAgain={() => void members.refetch()} />
      ) : members.isPending ? (
        <p role="status">{t('table.loading')}</p>
      ) : (
        <div className={styles['list']}>
          <TablePane
            label={title ?? ''}
            empty={t('table.empty_affected')}
            rows={members.rows}
            columns={columns.affected}
            rowKey={({ id }) => id}
            marked={() => false}
            onOpen={({ id }) => onTrace(id)}
            find={find}
            onFind={setFind}
            more={members.hasNextPage}
            onMore={() => {
              if (members.hasNextPage && !members.isFetchingNextPage) void members.fetchNextPage()
            }}
          />
        </div>
      )}
    </Drawer>
  )
}
