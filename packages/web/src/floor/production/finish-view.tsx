import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minus, plus } from '../amounts.ts'
import type { OrderRecord } from '../ask/floor-shapes.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import { lookUp } from '../ask/look-up.ts'
import type { FloorWords } from '../floor-words.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { Keypad } from '../look/keypad.tsx'
import type { CaptureRecord } from '../queue/capture-record.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'

const placeKey = 'lotline-output-place'
const scrapReasons = ['setup', 'dimension', 'surface', 'material', 'dropped'] as const

/** One button makes what is expected; another quantity, another place and scrap are beside it. */
export function FinishView({ order, captures }: FinishProps) {
  const { t } = useTranslation('floor')
  const { place, left, quantity, unit, because, keying, setKeying, setGiven, complete } = useFinish(
    order,
    captures,
  )
  return (
    <>
      <ScanNext
        title={place === undefined ? t('finish.scanPlace') : t('finish.place', { place })}
        text={place === undefined ? undefined : t('finish.placeText')}
      />
      <dl className={styles['panel']}>
        <dt>{t('finish.expected')}</dt>
        <dd className={styles['id']} translate="no">
          {left} {unit}
        </dd>
      </dl>
      <div className={styles['acts']}>
        <BigButton quiet onClick={() => setKeying('complete')}>
          {t('command.quantity')}
        </BigButton>
        <BigButton quiet onClick={() => setKeying('scrap')}>
          {t('command.scrap')}
        </BigButton>
        <BigButton primary because={because} onClick={complete}>
          {t('finish.button', { quantity: `${quantity} ${unit}` })}
        </BigButton>
      </div>
      {keying === undefined ? null : (
        <Keypad
          title={t(keying === 'scrap' ? 'finish.howMuchScrap' : 'finish.howMuch')}
          unit={unit}
          decimals={order.tracking === 'serial' ? 0 : 3}
          onClose={() => setKeying(undefined)}
          onGive={(value) => {
            setKeying(undefined)
            if (keying === 'complete') setGiven(value)
            else askScrap(order, value, t)
          }}
        />
      )}
    </>
  )
}

interface FinishProps {
  readonly order: OrderRecord
  readonly captures: readonly CaptureRecord[]
}

/** What is expected, where it goes, and why it cannot be completed yet. */
function useFinish(order: OrderRecord, captures: readonly CaptureRecord[]) {
  const { t } = useTranslation('floor')
  const [given, setGiven] = useState<string>()
  const [scanned, setScanned] = useState<string>()
  const [keying, setKeying] = useState<'complete' | 'scrap'>()
  const place = scanned ?? order.place ?? localStorage.getItem(placeKey) ?? undefined
  const left = minus(order.left ?? '0', waitingOutput(order, captures))
  const quantity = given ?? left
  const unit = order.unit ?? ''
  const isDone = left === '0' && given === undefined
  const because = place === undefined ? t('finish.noPlace') : isDone ? t('finish.nothingLeft') : undefined
  const complete = (): void => {
    if (place === undefined || because !== undefined) return
    localStorage.setItem(placeKey, place)
    const words = t('finish.words', { quantity: `${quantity} ${unit}`, item: order.item ?? '', place })
    const after = (made: readonly string[]) =>
      made.length === 0 ? undefined : t('finish.after', { made: rangeOf(made) })
    void captureWithCard(
      { verb: 'produce', order: order.code, quantity: { value: quantity }, place },
      { job: order.code, words, after },
    ).then(() => setGiven(undefined))
  }
  useScans({
    screen: 'finish',
    take: async (label) => {
      const found = await lookUp(label)
      if (found.thing?.type !== 'place') return showUnknown(found)
      setScanned(found.thing.code)
      return true
    },
    command: (name) => {
      if (name === 'quantity') setKeying('complete')
      if (name === 'scrap') setKeying('scrap')
      if (name === 'confirm') complete()
      return ['quantity', 'scrap', 'confirm'].includes(name)
    },
  })
  return { place, left, quantity, unit, because, keying, setKeying, setGiven, complete }
}

function askScrap(order: OrderRecord, value: string, t: FloorWords): void {
  const quantity = `${value} ${order.unit ?? ''}`
  showCard({
    kind: 'look',
    title: t('finish.scrapWhy', { quantity }),
    choices: scrapReasons.map((name) => {
      const reason = t(`finish.scrapReasons.${name}`)
      return {
        label: reason,
        act: async () => {
          const command = { verb: 'scrap', order: order.code, quantity: { value }, reason } as const
          await captureWithCard(command, {
            job: order.code,
            words: t('finish.scrapped', { quantity, reason }),
          })
        },
      }
    }),
  })
}

/** What this device made of the order and the server has not answered for yet. */
function waitingOutput(order: OrderRecord, captures: readonly CaptureRecord[]): string {
  return captures
    .filter(
      ({ state, position }) =>
        state === 'waiting' || (state === 'accepted' && (position ?? 0) > order.position),
    )
    .reduce(
      (sum, { command }) => (command.verb === 'produce' ? plus(sum, command.quantity?.value ?? '0') : sum),
      '0',
    )
}

/** `SN-1 … SN-24`: numbers that were given, as a range. */
function rangeOf(made: readonly string[]): string {
  return made.length < 3 ? made.join(', ') : `${made[0]} … ${made.at(-1)}`
}
