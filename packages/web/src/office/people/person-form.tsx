import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import { ProblemLine } from '../../look/problem-line.tsx'
import { post } from '../../shared/api.ts'
import { GrantFields } from './grant-fields.tsx'
import { type Grant, type Made, outsideRoles, peopleKey, type Person } from './person.ts'

interface FormProps {
  /** Whose roles are changed; a new person if left out. */
  readonly person: Person | undefined
  readonly onClose: () => void
  readonly onMade: (made: Made) => void
}

/** Adds a person, or changes the roles of one. */
export function PersonForm({ person, onClose, onMade }: FormProps) {
  const { t } = useTranslation()
  const [names, setNames] = useState({ name: '', printedName: '', party: '' })
  const [roles, setRoles] = useState<readonly Grant[]>(person?.roles ?? [{ role: 'operator' }])
  const save = useSave(person, onClose, onMade)
  const isOutside = roles.some(({ role }) => outsideRoles.some((outside) => outside === role))
  const set = (field: keyof typeof names) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setNames((before) => ({ ...before, [field]: value }))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={person ? t('people.formChange', { name: person.printedName }) : t('people.formAdd')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={styles['part']}
        onSubmit={(event) => {
          event.preventDefault()
          const { party, ...own } = names
          save.mutate(person ? { roles } : { ...own, roles, ...(isOutside ? { party } : {}) })
        }}
      >
        {person ? null : (
          <>
            <TextInput
              label={t('welcome.printedName')}
              value={names.printedName}
              required
              withAsterisk={false}
              autoComplete="off"
              onChange={set('printedName')}
            />
            <TextInput
              label={t('people.name')}
              description={t('welcome.nameHint')}
              value={names.name}
              required
              withAsterisk={false}
              autoComplete="off"
              autoCapitalize="none"
              onChange={set('name')}
            />
          </>
        )}
        <GrantFields grants={roles} isOutside={person && person.party !== null} onChange={setRoles} />
        {isOutside && !person ? (
          <TextInput
            label={t('people.company')}
            description={t('people.companyHint')}
            value={names.party}
            required
            withAsterisk={false}
            onChange={set('party')}
          />
        ) : null}
        <ProblemLine fault={save.error} />
        <div>
          <Button type="submit" loading={save.isPending}>
            {person
              ? t('people.saveChange', { name: person.name })
              : t('people.saveAdd', { name: names.printedName })}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function useSave(person: Person | undefined, onClose: () => void, onMade: (made: Made) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (body: object): Promise<{ person?: Person; link?: string }> =>
      (await post(person ? `/v1/people/${person.id}/roles` : '/v1/people', body)).json(),
    onSuccess: async ({ person: added, link }) => {
      await queries.invalidateQueries({ queryKey: peopleKey })
      // The own roles may have been among them.
      await queries.invalidateQueries({ queryKey: ['session'] })
      onClose()
      if (added && link !== undefined) onMade({ name: added.printedName, link })
    },
  })
}
