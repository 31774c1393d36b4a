import { ActionIcon, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Sign } from '../look/icons.tsx'
import { useSession, useSignOut } from '../shared/session.ts'

/** Who is signed in, the way to the own account, and out. */
export function PersonMenu() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  const signOut = useSignOut()
  const navigate = useNavigate()
  if (!session || session.person === null) return null
  const name = session.printedName ?? t('person.machine')
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('person.menu', { name })}
          title={t('person.menu', { name })}
        >
          <Sign name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item onClick={() => void navigate({ to: '/account' })}>{t('person.account')}</Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{t('person.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
