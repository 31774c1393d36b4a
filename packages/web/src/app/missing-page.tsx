import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '../look/notice.tsx'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice title={t('missing.title')} text={t('missing.text')}>
      <Link to="/">{t('missing.action')}</Link>
    </Notice>
  )
}
