import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../look/link-button.tsx'
import { Notice } from '../look/notice.tsx'

/** What is shown instead of a screen that threw: a fault of ours, never of the person's. */
export function PageFault({ error }: ErrorComponentProps) {
  const { t } = useTranslation()
  return (
    <Notice title={t('fault.title')} text={t('fault.text')} tone="stop">
      <p>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </p>
      <LinkButton onClick={() => window.location.reload()}>{t('fault.action')}</LinkButton>
    </Notice>
  )
}
