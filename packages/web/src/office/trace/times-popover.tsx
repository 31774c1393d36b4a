import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './trace-page.module.css'
import type { Change, TraceSearch } from './trace-query.ts'

type Times = Pick<TraceSearch, 'happenedFrom' | 'happenedTo' | 'asKnownOn'>

/** The two questions of time: when it happened, and what was known when. */
export function TimesPopover({ search, onChange }: { search: TraceSearch; onChange: Change }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const active = search.happenedFrom ?? search.happenedTo ?? search.asKnownOn
  const apply = (given: Times): void => {
    onChange({
      happenedFrom: given.happenedFrom || undefined,
      happenedTo: given.happenedTo || undefined,
      asKnownOn: given.asKnownOn || undefined,
      pin: undefined,
    })
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus shadow="sm" width={300}>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened(!opened)}>
          {t(active === undefined ? 'controls.more' : 'controls.moreActive')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <TimesForm search={search} onApply={apply} />
      </Popover.Dropdown>
    </Popover>
  )
}

function TimesForm({ search, onApply }: { search: TraceSearch; onApply: (times: Times) => void }) {
  const { t } = useTranslation()
  const [times, setTimes] = useState<Times>(search)
  const field = (name: keyof Times) => ({
    size: 'xs',
    label: t(`controls.${name}`),
    value: times[name] ?? '',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setTimes({ ...times, [name]: event.currentTarget.value }),
  })
  return (
    <form className={styles['times']} onSubmit={(event) => (event.preventDefault(), onApply(times))}>
      <p className={styles['muted']}>{t('controls.happenedHint')}</p>
      <TextInput type="date" {...field('happenedFrom')} />
      <TextInput type="date" {...field('happenedTo')} />
      <TextInput {...field('asKnownOn')} description={t('controls.asKnownOnHint')} placeholder="2026-03-01" />
      <div className={styles['controls']}>
        <Button size="xs" variant="default" type="submit">
          {t('controls.apply')}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => onApply({})}>
          {t('controls.clear')}
        </Button>
      </div>
    </form>
  )
}
