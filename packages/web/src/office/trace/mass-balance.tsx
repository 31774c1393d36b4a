import type { BalanceRow } from '@lotline/core/recall/answers-shape'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../look/link-button.tsx'
import { Sign } from '../../look/icons.tsx'
import { decimalText } from '../../shared/language-formats.ts'
import { type BalancePart, balanceParts, firstToLookAt } from './balance-parts.ts'
import styles from './mass-balance.module.css'
import { wordFor } from '../../language/word-for.ts'

/** In = out + remains + rest, for one item at a time; the rest is named, never spread. */
export function MassBalance({ rows, onOpen }: { rows: readonly BalanceRow[]; onOpen: () => void }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const row = rows.find(({ item }) => item === chosen) ?? rows[firstToLookAt(rows)]
  if (!row) return null
  const parts = balanceParts(row)
  return (
    <section className={styles['balance']} aria-label={t('balance.label')}>
      <div className={styles['head']}>
        <LinkButton onClick={onOpen}>{t('balance.label')}</LinkButton>
        {rows.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('balance.item')}
            value={row.item}
            data={rows.map(({ item, name }) => ({
              value: item,
              label: name === item ? item : `${item} ${name}`,
            }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        ) : (
          <span>{row.item}</span>
        )}
      </div>
      <div className={styles['bar']} aria-hidden="true">
        {parts.map((part) => (
          <span
            key={part.name}
            className={styles['part']}
            data-part={part.name}
            style={{ flexGrow: Math.max(part.width, 0.004) }}
          />
        ))}
      </div>
      <p className={styles['words']}>
        <strong>
          {decimalText(row.in)} {row.unit}
        </strong>
        <span>=</span>
        {parts.map((part, at) => (
          <Part key={part.name} part={part} first={at === 0} />
        ))}
        {parts.length === 0 ? '0' : null}
      </p>
    </section>
  )
}

function Part({ part, first }: { part: BalancePart; first: boolean }) {
  const { t } = useTranslation()
  const over = part.name === 'unexplained' && part.quantity.startsWith('-')
  const words = over
    ? `${decimalText(part.quantity.slice(1))} ${t('balance.over')}`
    : `${decimalText(part.quantity)} ${wordFor('balance', part.name)}`
  return (
    <>
      {first || over ? null : <span>+</span>}
      {part.name === 'unexplained' ? (
        <span className={styles['rest']}>
          <Sign name="triangle" />
          {words}
        </span>
      ) : (
        <span className={styles['term']}>
          <span className={styles['swatch']} data-part={part.name} aria-hidden="true" />
          {words}
        </span>
      )}
    </>
  )
}
