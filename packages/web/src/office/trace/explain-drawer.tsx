import { Drawer } from '@mantine/core'
import type { Explanation } from '@lotline/core/recall/trace-shape'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../look/state-chip.tsx'
import { Identifier } from '../../look/identifier.tsx'
import { momentText, quantityText } from '../../shared/language-formats.ts'
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
  if (!inScope) return <p>{t('explain.none')}</p>
  return (
    <>
      <p className={styles['muted']}>{t('explain.text')}</p>
      <ol className={styles['steps']}>
        {steps.map((step, at) => (
          <li key={at}>
            <p className={styles['ends']}>
              <Identifier code={step.from} strong /> <span aria-hidden="true">→</span>{' '}
              <Identifier code={step.to} strong />
            </p>
            <p className={styles['facts']}>
              {[
                quantityText(step.quantity),
                t(`edge.${step.kind}`),
                t(`evidence.${step.evidence}`),
                step.process?.order ?? '',
                step.process?.operation ?? '',
                step.process?.equipment ?? '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
            <p className={styles['facts']}>
              {momentText(step.happenedAt)}, {t('explain.by', { actor: step.event.actor })} ·{' '}
              <a href={`/v1/events/${step.event.position}`} target="_blank" rel="noreferrer">
                {t('explain.event', { position: step.event.position })}
              </a>{' '}
              <span className={styles['muted']}>{step.event.type}</span>
            </p>
            <Documents step={step} />
            {step.ring === 'proven' ? null : <Chip tone="attention">{t(`ring.${step.ring}`)}</Chip>}
          </li>
        ))}
      </ol>
    </>
  )
}

function Documents({ step }: { step: Explanation['steps'][number] }) {
  const shown = [
    ...step.facts.map(({ kind, name, value }) => ({
      key: `${kind} ${name}`,
      words: value === null ? `${kind}: ${name}` : `${name}: ${value}`,
    })),
    ...step.documents.map(({ sha256, name }) => ({ key: sha256, words: name })),
  ]
  if (shown.length === 0) return null
  return (
    <ul className={styles['documents']}>
      {shown.map(({ key, words }) => (
        <li key={key}>{words}</li>
      ))}
    </ul>
  )
}
