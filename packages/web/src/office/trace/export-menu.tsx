import { Button, Menu } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '../../look/icons.tsx'
import { fileNamePart } from '../../shared/csv.ts'
import { countText } from '../../shared/language-formats.ts'
import { saveFile } from '../../shared/save-file.ts'
import { CutExport, exportSet, type ExportAsk } from './export-set.ts'
import type { Question } from './trace-query.ts'
import { answersQuestion } from './use-answers.ts'
import styles from './trace-page.module.css'

const lists = [
  ['affected', 'affected'],
  ['wentTo', 'wentTo'],
  ['remains', 'remains'],
  ['orders', 'order'],
  ['sources', 'source'],
  ['gaps', 'gap'],
] as const

/** Exports the whole set, not only the rows on the screen; a cut stream saves nothing. */
export function ExportMenu({ question, position }: { question: Question; position: number }) {
  const { t } = useTranslation()
  const { said, busy, start, cancel } = useExport(question, position)
  const answers = { path: '/v1/answers', question: answersQuestion(question) } as const
  const trace = { path: '/v1/trace', question } as const
  return (
    <span className={styles['export']}>
      <span role="status" className={styles['muted']}>
        {said}
      </span>
      {busy ? (
        <Button size="xs" variant="default" onClick={cancel}>
          {t('export.cancel')}
        </Button>
      ) : (
        <Menu position="bottom-end" shadow="sm" width={220}>
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<Sign name="export" />}>
              {t('export.action')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('export.label')}</Menu.Label>
            {lists.map(([name, rows]) => (
              <Menu.Item key={name} onClick={() => start(name, { ...answers, rows })}>
                {t('export.table', { table: t(`tabs.${name}`) })}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => start('lots', { ...trace, rows: 'node' })}>
              {t('export.lots')}
            </Menu.Item>
            <Menu.Item onClick={() => start('links', { ...trace, rows: 'edge' })}>
              {t('export.links')}
            </Menu.Item>
            <Menu.Item onClick={() => start('answers', { ...answers, rows: undefined })}>
              {t('export.answersJson')}
            </Menu.Item>
            <Menu.Item onClick={() => start('trace', { ...trace, rows: undefined })}>
              {t('export.traceJson')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  )
}

function useExport(question: Question, position: number) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const running = useRef<AbortController>(undefined)
  const [busy, setBusy] = useState(false)
  const start = async (name: string, ask: Pick<ExportAsk, 'path' | 'question' | 'rows'>): Promise<void> => {
    const control = new AbortController()
    running.current = control
    const count = (rows: number): void => setSaid(t('export.working', { number: countText(rows) }))
    setBusy(true)
    count(0)
    try {
      const made = await exportSet({ ...ask, signal: control.signal, onCount: count })
      const ending = made.type === 'text/csv' ? 'csv' : 'json'
      const file = `lotline-${name}-${fileNamePart(question.id.join(' '))}-${question.direction}-at-${position}.${ending}`
      saveFile(file, made.text, made.type)
      setSaid(t('export.done', { number: countText(made.rows), file }))
    } catch (fault) {
      if (control.signal.aborted) setSaid('')
      else setSaid(fault instanceof CutExport || !(fault instanceof Error) ? t('export.cut') : fault.message)
    } finally {
      setBusy(false)
    }
  }
  return {
    said,
    busy,
    start: (name: string, ask: Pick<ExportAsk, 'path' | 'question' | 'rows'>): void => void start(name, ask),
    cancel: () => running.current?.abort(),
  }
}
