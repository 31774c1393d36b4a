import { Button, Modal } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import type { Made } from './person.ts'

/** A link that is shown this once. */
export function LinkDialog({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation()
  const clipboard = useClipboard()
  const address = new URL(made.link, window.location.href).href
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.linkTitle', { name: made.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles['part']}>
        <p className={styles['muted']}>{t('people.linkText', { name: made.name })}</p>
        <p className={styles['code']}>{address}</p>
        <div>
          <Button onClick={() => clipboard.copy(address)}>{t('people.copy')}</Button>
        </div>
        <div role="status">{clipboard.copied ? t('people.copied') : ''}</div>
      </div>
    </Modal>
  )
}
