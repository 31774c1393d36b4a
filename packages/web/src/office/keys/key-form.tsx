import { Button, Modal, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import { ProblemLine } from '../../look/problem-line.tsx'
import { post } from '../../shared/api.ts'
import { GrantFields } from '../people/grant-fields.tsx'
import { type Grant, outsideRoles } from '../people/person.ts'
import { keysKey, type Opened } from './key.ts'

const nothing = { name: '', verbs: '', party: '' }

/** Makes a key: for which program, what it may, where, and until when. */
export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (opened: Opened) => void }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState(nothing)
  const [days, setDays] = useState<number | string>(365)
  const [roles, setRoles] = useState<readonly Grant[]>([{ role: 'operator' }])
  const isOutside = roles.some(({ role }) => outsideRoles.some((outside) => outside === role))
  const save = useSave(onClose, onMade)
  const set = (field: keyof typeof nothing) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setGiven((before) => ({ ...before, [field]: value }))
  }
  return (
    <Modal opened onClose={onClose} title={t('keys.add')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={styles['part']}
        onSubmit={(event) => {
          event.preventDefault()
          const verbs = isOutside ? [] : given.verbs.split(/[\s,]+/).filter((verb) => verb !== '')
          save.mutate({
            name: given.name,
            roles,
            days: Number(days),
            ...(verbs.length > 0 ? { verbs } : {}),
            ...(isOutside ? { party: given.party } : {}),
          })
        }}
      >
        <TextInput
          label={t('keys.name')}
          description={t('keys.nameHint')}
          value={given.name}
          required
          withAsterisk={false}
          autoComplete="off"
          autoCapitalize="none"
          onChange={set('name')}
        />
        <GrantFields grants={roles} isOutside={undefined} onChange={setRoles} />
        <Bounds isOutside={isOutside} given={given} set={set} />
        <NumberInput
          label={t('keys.days')}
          value={days}
          min={1}
          max={1825}
          allowDecimal={false}
          onChange={setDays}
        />
        <ProblemLine fault={save.error} />
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('keys.saveAdd', { name: given.name })}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

interface BoundsProps {
  readonly isOutside: boolean
  readonly given: typeof nothing
  readonly set: (field: keyof typeof nothing) => (event: { currentTarget: { value: string } }) => void
}

/** What narrows a key beside its roles: the company it is for, or some of its verbs. */
function Bounds({ isOutside, given, set }: BoundsProps) {
  const { t } = useTranslation()
  return isOutside ? (
    <TextInput
      label={t('people.company')}
      description={t('keys.companyHint')}
      value={given.party}
      required
      withAsterisk={false}
      onChange={set('party')}
    />
  ) : (
    <TextInput
      label={t('keys.verbs')}
      description={t('keys.verbsHint')}
      value={given.verbs}
      autoComplete="off"
      autoCapitalize="none"
      onChange={set('verbs')}
    />
  )
}

function useSave(onClose: () => void, onMade: (opened: Opened) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (body: object): Promise<Opened> => (await post('/v1/keys', body)).json(),
    onSuccess: async (opened) => {
      await queries.invalidateQueries({ queryKey: keysKey })
      onClose()
      onMade(opened)
    },
  })
}
