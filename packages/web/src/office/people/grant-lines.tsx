import { useTranslation } from 'react-i18next'
import { wordFor } from '../../language/word-for.ts'
import type { Grant } from './person.ts'

/** Each role on a line of its own, with its site where it is for one only. */
export function GrantLines({ grants }: { readonly grants: readonly Grant[] }) {
  const { t } = useTranslation()
  return grants.map(({ role, site }) => (
    <div key={`${role} ${site ?? ''}`}>
      {site === undefined ? wordFor('role', role) : t('people.at', { role: wordFor('role', role), site })}
    </div>
  ))
}
