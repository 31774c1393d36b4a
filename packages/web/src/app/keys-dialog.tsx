import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './shell.module.css'

const rows = [
  [['/', 'Ctrl K'], 'help.search'],
  [['⏎'], 'help.scan'],
  [['←', '→', '↑', '↓'], 'help.walk'],
  [['Enter'], 'help.open'],
  [['Shift Enter'], 'help.shiftOpen'],
  [['E', 'C'], 'help.fold'],
  [['I'], 'help.isolate'],
  [['Esc'], 'help.leave'],
  [['G', 'T'], 'help.views'],
  [['?'], 'help.help'],
] as const

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <dl className={styles['keys']}>
        {rows.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
