import { NativeSelect, SegmentedControl } from '@mantine/core'
import { rings } from '@lotline/core/genealogy/touch'
import { useTranslation } from 'react-i18next'
import { TimesPopover } from './times-popover.tsx'
import styles from './trace-page.module.css'
import { type Change, directions, type TraceSearch, type View } from './trace-query.ts'

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
      <TimesPopover search={search} onChange={onChange} />
    </div>
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
