import { ActionIcon, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import { wordFor } from '../../language/word-for.ts'
import { Sign } from '../../look/icons.tsx'
import { LinkButton } from '../../look/link-button.tsx'
import { ask } from '../../shared/api.ts'
import { type Grant, insideRoles, outsideRoles } from './person.ts'

interface GrantProps {
  readonly grants: readonly Grant[]
  /** Whether the person is bound to another company for good; undefined while that is open. */
  readonly isOutside: boolean | undefined
  readonly onChange: (grants: readonly Grant[]) => void
}

/** Roles, one a line, each for a site or for all. */
export function GrantFields({ grants, isOutside, onChange }: GrantProps) {
  const { t } = useTranslation()
  const sites = useQuery({
    queryKey: ['sites'],
    queryFn: async ({ signal }) => {
      const { rows } = await ask<{ rows: readonly { code: string; kind: string; name: string }[] }>(
        '/v1/places',
        { limit: 1_000 },
        signal,
      )
      return rows.filter(({ kind }) => kind === 'site')
    },
  })
  const roles =
    isOutside === undefined ? [...insideRoles, ...outsideRoles] : isOutside ? outsideRoles : insideRoles
  const set = (at: number, grant: Grant): void =>
    onChange(grants.map((each, index) => (index === at ? grant : each)))
  const everywhere = { value: '', label: t('people.allSites') }
  return (
    <fieldset className={styles['grants']}>
      {grants.map(({ role, site }, at) => (
        <div key={`${at} ${role}`} className={styles['grant']}>
          <NativeSelect
            label={t('people.role')}
            value={role}
            data={roles.map((value) => ({ value, label: wordFor('role', value) }))}
            onChange={({ currentTarget: { value } }) =>
              set(at, { role: value, ...(site === undefined ? {} : { site }) })
            }
          />
          <NativeSelect
            label={t('people.site')}
            value={site ?? ''}
            data={[everywhere, ...(sites.data ?? []).map(({ code, name }) => ({ value: code, label: name }))]}
            onChange={({ currentTarget: { value } }) =>
              set(at, { role, ...(value === '' ? {} : { site: value }) })
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('people.removeRole', { role: wordFor('role', role) })}
            onClick={() => onChange(grants.filter((_, index) => index !== at))}
          >
            <Sign name="close" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <LinkButton onClick={() => onChange([...grants, { role: roles[0] ?? 'operator' }])}>
          {t('people.addRole')}
        </LinkButton>
      </div>
    </fieldset>
  )
}
