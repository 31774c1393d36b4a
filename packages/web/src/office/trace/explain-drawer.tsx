import { Drawer } from '@mantine/core'
import type { Explanation } from '@lotline/core/recall/trace-shape'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../look/state-chip.tsx'
import { Identifier } from '../../look/identifier.tsx'
import { momentText, quantityText } from '../../shared/language-formats.ts'
import { EventFacts } from './event-facts.tsx'
import { type ProofRow, proofRows } from './proof-rows.ts'
import styles from './explain-drawer.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import type { Question } from './trace-query.ts'
import { useProof } from './use-answers.ts'

interface ExplainProps {
  readonly question: Question
  /** What is asked about: its number, and the label people know. */
  readonly about: { readonly id: string; readonly label: string; readonly link?: string } | undefined
  readonly onClose: () => void
}

/** Why something is in scope: the shortest chain of events that joins it to what was asked, with people and documents. */
export function ExplainDrawer({ question, about, onClose }: ExplainProps) {
  const { t } = useTranslation()
  const proof = useProof(question, about?.id)
  return (
    <Drawer
      opened={about !== undefined}
      onClose={onClose}
      position="right"
      size={480}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={t('explain.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {about ? (
        <p className={styles['of']}>
          {t('explain.of', { to: about.label, from: question.id.join(', ') })}
          {about.link === undefined ? null : (
            <>
              <br />
              {t('explain.link')}: {about.link}
            </>
          )}
        </p>
      ) : null}
      {proof.isPending ? <p role="status">{t('explain.loading')}</p> : null}
      {proof.error ? <ProblemNotice fault={proof.error} onAgain={() => void proof.refetch()} /> : null}
      {proof.data ? <Steps proof={proof.data} /> : null}
    </Drawer>
  )
}

function Steps({ proof: { steps, inScope } }: { proof: Explanation }) {
  const { t } = useTranslation()
  const rows = useMemo(() => proofRows(steps), [steps])
  if (!inScope) return <p>{t('explain.none')}</p>
  return (
    <>
      <p className={styles['muted']}>{t('explain.text')}</p>
      <ol className={styles['steps']}>
        {rows.map((row, at) => (
          <li key={at}>
            <p className={styles['ends']}>
              <Identifier code={row.from} strong /> <span aria-hidden="true">→</span>{' '}
              <Identifier code={row.to} strong />
            </p>
            <ProcessLine process={row.process} />
            {row.links.map((link, index) => (
              <LinkLine key={index} link={link} />
            ))}
            <Documents row={row} />
          </li>
        ))}
      </ol>
    </>
  )
}

function ProcessLine({ process }: { process: ProofRow['process'] }) {
  const words = [process?.order, process?.operation, process?.equipment].flatMap((part) => part ?? [])
  return words.length === 0 ? null : <p className={styles['facts']}>{words.join(' · ')}</p>
}

function LinkLine({ link }: { link: ProofRow['links'][number] }) {
  const { t } = useTranslation()
  const words = [quantityText(link.quantity), t(`edge.${link.kind}`), t(`evidence.${link.evidence}`)]
  return (
    <div className={styles['facts']}>
      {words.join(', ')} · {momentText(link.happenedAt)}, {t('explain.by', { actor: link.event.actor })}{' '}
      {link.ring === 'proven' ? null : <Chip tone="attention">{t(`ring.${link.ring}`)}</Chip>}{' '}
      <EventFacts position={link.event.position} type={link.event.type} />
    </div>
  )
}

function Documents({ row }: { row: ProofRow }) {
  const { t } = useTranslation()
  const words = [...row.facts, ...row.documents.map(({ name }) => t('explain.document', { name }))]
  if (words.length === 0) return null
  return (
    <ul className={styles['documents']}>
      {words.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}
