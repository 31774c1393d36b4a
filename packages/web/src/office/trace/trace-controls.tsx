import { Button, NativeSelect, Popover, SegmentedControl, TextInput } from '@mantine/core'
import { rings } from '@lotline/core/genealogy/touch'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './trace-page.module.css'
import { directions, type TraceSearch, type View } from './trace-query.ts'

export type Change = (change: {
  readonly [name in keyof TraceSearch]?: TraceSearch[name] | undefined
}) => void

/** How the question is asked: direction, what is followed, how sure, and the two times. */
export function TraceControls({ search, onChange }: { search: TraceSearch; onChange: Change }) {
  const { t } = useTranslation()
  const again = { pin: undefined }
  return (
    <div className={styles['controls']}>
      <SegmentedControl
        size="xs"
        aria-label={t('controls.direction')}
        value={search.direction ?? 'forward'}
        data={directions.map((direction) => ({ value: direction, label: t(`controls.${direction}`) }))}
        onChange={(value) => onChange({ ...again, direction: directions.find((one) => one === value) })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('controls.follow')}
        value={search.follow ?? 'touched'}
        data={[
          { value: 'touched', label: t('controls.touched') },
          { value: 'contains', label: t('controls.contains') },
        ]}
        onChange={(value) => onChange({ ...again, follow: value === 'contains' ? 'contains' : undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('controls.ring')}
        value={search.ring ?? 'cannot-exclude'}
        data={rings.toReversed().map((ring) => ({
          value: ring,
          label: ring === 'cannot-exclude' ? t('controls.ringAll') : t(`ringUpTo.${ring}`),
        }))}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ ...again, ring: rings.find((ring) => ring === value) })
        }}
      />
      <Times search={search} onChange={onChange} />
    </div>
  )
}

function Times({ search, onChange }: { search: TraceSearch; onChange: Change }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [times, setTimes] = useState<Pick<TraceSearch, 'happenedFrom' | 'happenedTo' | 'asKnownOn'>>({})
  const active = search.happenedFrom ?? search.happenedTo ?? search.asKnownOn
  const open = (next: boolean): void => {
    const { happenedFrom, happenedTo, asKnownOn } = search
    setTimes({
      ...(happenedFrom && { happenedFrom }),
      ...(happenedTo && { happenedTo }),
      ...(asKnownOn && { asKnownOn }),
    })
    setOpened(next)
  }
  const apply = (given: typeof times): void => {
    onChange({
      happenedFrom: given.happenedFrom || undefined,
      happenedTo: given.happenedTo || undefined,
      asKnownOn: given.asKnownOn || undefined,
      pin: undefined,
    })
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={open} position="bottom-start" trapFocus shadow="sm" width={300}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          data-active={active !== undefined || undefined}
          onClick={() => open(!opened)}
        >
          {t(active === undefined ? 'controls.more' : 'controls.moreActive')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={styles['times']} onSubmit={(event) => (event.preventDefault(), apply(times))}>
          <p className={styles['muted']}>{t('controls.happenedHint')}</p>
          <TextInput
            type="date"
            size="xs"
            label={t('controls.happenedFrom')}
            value={times.happenedFrom ?? ''}
            onChange={(event) => setTimes({ ...times, happenedFrom: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('controls.happenedTo')}
            value={times.happenedTo ?? ''}
            onChange={(event) => setTimes({ ...times, happenedTo: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t('controls.asKnownOn')}
            description={t('controls.asKnownOnHint')}
            inputMode="numeric"
            value={times.asKnownOn ?? ''}
            onChange={(event) => setTimes({ ...times, asKnownOn: event.currentTarget.value })}
          />
          <div className={styles['controls']}>
            <Button size="xs" variant="default" type="submit">
              {t('controls.apply')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => apply({})}>
              {t('controls.clear')}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

export function ViewControl({
  view,
  narrow,
  onView,
}: {
  view: View
  narrow: boolean
  onView: (view: View) => void
}) {
  const { t } = useTranslation()
  const both = { value: 'both', label: t('controls.viewBoth') }
  const data = [
    { value: 'graph', label: t('controls.viewGraph') },
    { value: 'table', label: t('controls.viewTable') },
  ]
  const choose = (value: string): void => onView(value === 'graph' || value === 'table' ? value : 'both')
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('controls.view')}
      value={view}
      data={narrow ? data : [both, ...data]}
      onChange={choose}
    />
  )
}
