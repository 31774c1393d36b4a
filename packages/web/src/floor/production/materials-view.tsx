import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { timeText } from '../../shared/language-formats.ts'
import { isNothing } from '../amounts.ts'
import type { OrderRecord } from '../ask/floor-shapes.ts'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import { Keypad } from '../look/keypad.tsx'
import type { CaptureRecord } from '../queue/capture-record.ts'
import { undoRecord } from '../queue/undo-last.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { orderPath } from '../scans/order-path.ts'
import {
  type ComponentLine,
  componentLines,
  nextLine,
  type Taking,
  type TakenRow,
  takenRows,
} from './order-view.ts'
import { takeComponent } from './take-component.ts'

const rowsPerLine = 3

/** Need, issued and left of each component; a scan takes what is left of the one it fits. */
export function MaterialsView({ order, captures }: MaterialsProps) {
  const { t } = useTranslation('floor')
  const work = useMaterials(order, captures)
  const { taking, unit, quantity, lines, rows, next } = work
  return (
    <>
      <NextScan next={next} />
      {unit === undefined || taking === 'issue' ? null : (
        <UnitBar order={order} unit={unit} captures={captures} onLeave={() => work.setUnit(undefined)} />
      )}
      {quantity === undefined ? null : (
        <p className={styles['note']}>
          <FloorSign name="triangle" />
          {t('use.nextQuantity', { quantity })}
        </p>
      )}
      {lines.length === 0 ? <p className={styles['empty']}>{t('use.noLines')}</p> : null}
      <ul className={styles['rows']}>
        {lines.map((line) => (
          <Component
            key={line.line}
            line={line}
            current={line === next}
            rows={rows.filter(({ item }) => item === line.item)}
          />
        ))}
      </ul>
      <div className={styles['acts']}>
        <BigButton pressed={taking === 'use'} onClick={() => work.setTaking('use')}>
          {t('use.modeUse')}
        </BigButton>
        <BigButton pressed={taking === 'issue'} onClick={() => work.setTaking('issue')}>
          {t('use.modeIssue')}
        </BigButton>
        <BigButton quiet onClick={() => work.setKeying(true)}>
          {t('command.quantity')}
        </BigButton>
        <TypeCode />
      </div>
      {work.keying ? (
        <Keypad
          title={next ? t('use.howMuch', { item: next.itemName }) : t('field.quantity')}
          unit={next?.unit ?? ''}
          decimals={next?.scale ?? 9}
          onClose={() => work.setKeying(false)}
          onGive={work.giveQuantity}
        />
      ) : null}
    </>
  )
}

interface MaterialsProps {
  readonly order: OrderRecord
  readonly captures: readonly CaptureRecord[]
}

/** How materials are taken now: into the product or only out of store, for which unit, and how much the next scan takes. */
function useMaterials(order: OrderRecord, captures: readonly CaptureRecord[]) {
  const { t } = useTranslation('floor')
  const navigate = useNavigate()
  const [taking, setTaking] = useState<Taking>('use')
  const [unit, setUnit] = useState<string>()
  const [quantity, setQuantity] = useState<string>()
  const [keying, setKeying] = useState(false)
  const lines = useMemo(() => componentLines(order, captures, taking), [order, captures, taking])
  const rows = useMemo(() => takenRows(order, captures), [order, captures])
  const operation = order.operations.find(({ state }) => state === 'running')?.operation
  const used = taking === 'use' ? { unit, operation } : { unit: undefined, operation: undefined }
  const onOrder = (code: string, kind: string): void => void navigate(orderPath(code, kind))
  useScans({
    screen: 'materials',
    take: async (label, read) => {
      const how = { t, order, taking, quantity, ...used, onUnit: setUnit, onOrder }
      const known = await takeComponent(how, label, read)
      setQuantity(undefined)
      return known
    },
    command: (name) => {
      if (name === 'quantity') setKeying(true)
      return name === 'quantity'
    },
  })
  const giveQuantity = (value: string): void => {
    setKeying(false)
    setQuantity(value)
  }
  const next = nextLine(lines)
  return { taking, setTaking, unit, setUnit, quantity, giveQuantity, keying, setKeying, lines, rows, next }
}

/** The component that is needed next, and the lot of it to take first. */
function NextScan({ next }: { next: ComponentLine | undefined }) {
  const { t } = useTranslation('floor')
  if (!next) return <ScanNext title={t('use.all')} />
  const first = next.lots.find((lot) => lot.held === null && lot.expired !== true)
  const place = first ? t('use.from', { place: first.place, lot: first.code }) : t('use.noLot')
  return <ScanNext title={t('use.next', { item: next.itemName })} text={place} />
}

function Component({
  line,
  current,
  rows,
}: {
  line: ComponentLine
  current: boolean
  rows: readonly TakenRow[]
}) {
  const { t } = useTranslation('floor')
  const isDone = isNothing(line.left)
  return (
    <li data-line={line.item}>
      <div className={styles['row']} aria-current={current ? 'step' : undefined}>
        {isDone ? <FloorSign name="check" /> : null}
        <div className={styles['rowMain']}>
          <strong translate="no">{line.itemName}</strong>
          <span translate="no">{line.item}</span>
        </div>
        <div className={styles['rowEnd']}>
          <strong data-left={line.left}>
            {isDone ? t('use.complete') : t('use.left', { left: line.left, unit: line.unit })}
          </strong>
          <span>{t('use.needIssued', { need: line.quantity, issued: line.taken, unit: line.unit })}</span>
        </div>
      </div>
      {rows.slice(0, rowsPerLine).map((row) => (
        <div key={row.key} className={styles['row']} data-taken={row.what}>
          <div className={styles['rowMain']}>
            <span className={styles['mono']} translate="no">
              {row.what}
            </span>
            <span>
              <span translate="no">
                {row.quantity} {row.unit} · {timeText(row.at)}
              </span>{' '}
              {row.state === 'kept' ? t('card.kept') : ''}
            </span>
          </div>
          {row.record ? (
            <BigButton quiet onClick={() => row.record && void undoRecord(row.record)}>
              {t('command.undo')}
            </BigButton>
          ) : null}
        </div>
      ))}
      {rows.length > rowsPerLine ? (
        <p className={styles['empty']}>{t('use.more', { count: rows.length - rowsPerLine })}</p>
      ) : null}
    </li>
  )
}

/** The unit whose slots are being filled, and which of them are. */
function UnitBar({
  order,
  unit,
  captures,
  onLeave,
}: {
  order: OrderRecord
  unit: string
  captures: readonly CaptureRecord[]
  onLeave: () => void
}) {
  const { t } = useTranslation('floor')
  const mine = captures.filter(({ command, state }) => {
    if (command.verb !== 'consume' || (state !== 'waiting' && state !== 'accepted')) return false
    const into = command.forUnit
    return typeof into === 'object' && !Array.isArray(into) && 'code' in into && into.code === unit
  })
  const filled = (item: string): boolean =>
    mine.some(
      ({ command }) =>
        command.verb === 'consume' && typeof command.what === 'object' && command.what.item === item,
    )
  return (
    <section className={styles['panel']} aria-label={t('use.unit', { unit })} data-unit={unit}>
      <div className={styles['row']}>
        <div className={styles['rowMain']}>
          <strong>{t('use.unit', { unit })}</strong>
          <span>{t('use.slots')}</span>
        </div>
        <BigButton quiet onClick={onLeave}>
          {t('use.leaveUnit')}
        </BigButton>
      </div>
      <div className={styles['segments']}>
        {order.orderLines.map((line) => (
          <span key={line.line} className={styles['note']} data-filled={filled(line.item)}>
            <FloorSign name={filled(line.item) ? 'check' : 'triangle'} />
            <span translate="no">
              {line.itemName} {line.perUnit ?? ''}
            </span>
          </span>
        ))}
      </div>
    </section>
  )
}
