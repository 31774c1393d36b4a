import { Button, Modal } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import type { Opened } from './key.ts'

/** A secret that is shown this once. It stays until somebody closes it: a click beside it must not lose it. */
export function SecretDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { t } = useTranslation()
  const clipboard = useClipboard()
  const { key, secret } = opened
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('keys.secretTitle', { name: key.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles['part']}>
        <p className={styles['muted']}>{t('keys.secretText', { actor: key.actor })}</p>
        <p className={styles['code']}>{secret}</p>
        <div>
          <Button onClick={() => clipboard.copy(secret)}>{t('keys.copy')}</Button>
        </div>
        <div role="status">{clipboard.copied ? t('keys.copied') : ''}</div>
      </div>
    </Modal>
  )
}
