import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import { LinkButton } from '../../look/link-button.tsx'
import { ProblemLine } from '../../look/problem-line.tsx'
import { Chip } from '../../look/state-chip.tsx'
import { ask, post } from '../../shared/api.ts'
import { useMay, useSession } from '../../shared/session.ts'
import { GrantLines } from './grant-lines.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { PersonForm } from './person-form.tsx'
import { type Made, peopleKey, type Person } from './person.ts'

/** Who may come in, and for which work. */
export function PeoplePage() {
  const { t } = useTranslation()
  useDocumentTitle(`${t('people.title')} · ${t('product')}`)
  const mayChange = useMay()('change people')
  const { data: session } = useSession()
  const [edited, setEdited] = useState<Person | 'new'>()
  const [made, setMade] = useState<Made>()
  const list = useQuery({
    queryKey: peopleKey,
    queryFn: ({ signal }) => ask<{ people: readonly Person[] }>('/v1/people', {}, signal),
  })
  return (
    <div className={styles['page']}>
      <div className={styles['part']}>
        <h1 className={styles['title']}>{t('people.title')}</h1>
        <p className={styles['muted']}>
          {t('people.lead')} {session?.demo ? t('people.demo') : ''}
        </p>
        {mayChange ? (
          <div>
            <Button onClick={() => setEdited('new')}>{t('people.add')}</Button>
          </div>
        ) : null}
      </div>
      <ProblemLine fault={list.error} />
      {list.data ? (
        <PeopleTable people={list.data.people} mayChange={mayChange} onEdit={setEdited} onLink={setMade} />
      ) : null}
      {edited === undefined ? null : (
        <PersonForm
          person={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onMade={setMade}
        />
      )}
      {made ? <LinkDialog made={made} onClose={() => setMade(undefined)} /> : null}
    </div>
  )
}

interface TableProps {
  readonly people: readonly Person[]
  readonly mayChange: boolean
  readonly onEdit: (person: Person) => void
  readonly onLink: (made: Made) => void
}

function PeopleTable({ people, mayChange, onEdit, onLink }: TableProps) {
  const { t } = useTranslation()
  if (people.length === 0) return <p className={styles['muted']}>{t('people.empty')}</p>
  return (
    <div className={styles['scroll']}>
      <table className={styles['rows']}>
        <thead>
          <tr>
            <th scope="col">{t('people.printedName')}</th>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.roles')}</th>
            <th scope="col">{t('people.company')}</th>
            <th scope="col">{t('people.state')}</th>
            {mayChange ? <th scope="col">{t('people.change')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">{person.printedName}</th>
              <td>{person.name}</td>
              <td>
                <GrantLines grants={person.roles} />
              </td>
              <td>{person.party ?? ''}</td>
              <td>
                <PersonState person={person} />
              </td>
              {mayChange ? (
                <td>
                  <PersonActions person={person} onEdit={onEdit} onLink={onLink} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PersonState({ person }: { person: Person }) {
  const { t } = useTranslation()
  const { data: session } = useSession()
  if (person.disabledAt !== null) return <Chip tone="stop">{t('people.disabled')}</Chip>
  if (person.hasPassword || session?.demoPeople.some(({ name }) => name === person.name))
    return <Chip tone="normal">{t('people.active')}</Chip>
  return <Chip tone="attention">{t('people.invited')}</Chip>
}

/** Each button names whose account it changes, for those who cannot see the row. */
function PersonActions({
  person,
  onEdit,
  onLink,
}: { person: Person } & Pick<TableProps, 'onEdit' | 'onLink'>) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (what: 'disable' | 'enable') => post(`/v1/people/${person.id}/${what}`, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: peopleKey }),
  })
  const link = useMutation({
    mutationFn: async (): Promise<{ link: string }> =>
      (await post(`/v1/people/${person.id}/link`, {})).json(),
    onSuccess: (given) => onLink({ name: person.printedName, link: given.link }),
  })
  const { name } = person
  const isDisabled = person.disabledAt !== null
  return (
    <div className={styles['actions']}>
      <LinkButton label={t('people.changeOf', { name })} onClick={() => onEdit(person)}>
        {t('people.change')}
      </LinkButton>
      {isDisabled ? null : (
        <LinkButton label={t('people.linkOf', { name })} onClick={() => link.mutate()}>
          {t('people.link')}
        </LinkButton>
      )}
      <LinkButton
        label={t(isDisabled ? 'people.enableOf' : 'people.disableOf', { name })}
        onClick={() => change.mutate(isDisabled ? 'enable' : 'disable')}
      >
        {t(isDisabled ? 'people.enable' : 'people.disable')}
      </LinkButton>
      <ProblemLine fault={change.error ?? link.error} />
    </div>
  )
}
