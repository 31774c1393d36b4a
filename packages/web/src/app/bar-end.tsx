import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useState } from 'react'
import { Chip } from '../look/state-chip.tsx'
import { Sign } from '../look/icons.tsx'
import { useSession } from '../shared/session.ts'
import { useShortcut } from '../shared/page-events.ts'
import { PersonMenu } from '../access/person-menu.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import styles from './shell.module.css'

/** The end of the bar: which plant this is, whether it is practice, light or dark, and the keys. */
export function BarEnd() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const [keysOpen, setKeysOpen] = useState(false)
  useShortcut('?', () => setKeysOpen(true))
  return (
    <div className={styles['end']}>
      {session?.demo ? (
        <span title={t('bar.demoTitle')}>
          <Chip tone="practice">{t('bar.demo')}</Chip>
        </span>
      ) : null}
      {session?.organisation ? <span className={styles['plant']}>{session.organisation}</span> : null}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('bar.scheme')}
        title={t('bar.scheme')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        <Sign name="scheme" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('bar.help')}
        title={t('bar.help')}
        onClick={() => setKeysOpen(true)}
      >
        <Sign name="help" />
      </ActionIcon>
      <PersonMenu />
      <KeysDialog opened={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  )
}
