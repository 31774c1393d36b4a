import { useDocumentTitle } from '@mantine/hooks'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../scan/label.ts'
import type { OrderLine, OrderRecord, ScannedThing } from '../ask/floor-shapes.ts'
import { askKept } from '../ask/kept-answer.ts'
import { lookUp } from '../ask/look-up.ts'
import { refusalOf } from '../ask/would-be.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import { showRefusal } from '../cards/refusal-card.ts'
import type { FloorWords } from '../floor-words.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { useFirstScan } from '../scans/first-scan.ts'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { useOnline } from '../shell/use-online.ts'
import { aboutThing, referenceOf, valueOf } from '../steps/step-flow.ts'

interface Loading {
  readonly order: string | undefined
  readonly customer: string
  readonly customerName: string
  readonly things: readonly ScannedThing[]
  /** What the order still waits for. */
  readonly lines: readonly OrderLine[]
}

/** The document, each case, and one button. What may not leave is refused when it is scanned. */
export function ShipPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('ship.title')} · ${t('product')}`)
  const { loading, setLoading, ship } = useLoading()
  const online = useOnline()
  const count = loading?.things.length ?? 0
  const missing = loading === undefined ? t('ship.noDocument') : count === 0 ? t('ship.nothing') : undefined
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('ship.title')}</h1>
      <ScanNext
        title={loading ? t('ship.scanCase') : t('ship.scanDocument')}
        text={loading ? undefined : t('ship.scanDocumentText')}
      />
      {loading ? <Document loading={loading} /> : null}
      {loading && count > 0 ? (
        <ul className={styles['rows']}>
          {loading.things.toReversed().map((thing) => (
            <li key={thing.code} className={styles['row']} data-loaded={thing.code}>
              <span className={styles['rowMain']} translate="no">
                <strong className={styles['mono']}>{thing.code}</strong>
                <span>{aboutThing(thing) || (thing.contents ?? []).join(', ')}</span>
              </span>
              <BigButton
                quiet
                onClick={() =>
                  setLoading({ ...loading, things: loading.things.filter((each) => each !== thing) })
                }
              >
                {t('ship.takeOff')}
              </BigButton>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles['acts']}>
        <TypeCode />
        <BigButton primary because={online ? missing : t('ship.offline')} onClick={() => void ship()}>
          {t('ship.button', { count })}
        </BigButton>
      </div>
    </div>
  )
}

/** Whom it goes to, and what the order still waits for. */
function Document({ loading }: { loading: Loading }) {
  const { t } = useTranslation('floor')
  return (
    <section className={styles['panel']} aria-label={t('ship.load')}>
      <strong className={styles['title']} translate="no">
        {loading.customerName}
      </strong>
      <p className={styles['lead']} translate="no">
        {loading.order ?? ''}
      </p>
      {loading.lines.map((line) => (
        <div key={line.line} className={styles['row']}>
          <span className={styles['rowMain']} translate="no">
            {line.itemName}
          </span>
          <strong>{t('use.left', { left: line.left, unit: line.unit })}</strong>
        </div>
      ))}
    </section>
  )
}

function useLoading() {
  const { t } = useTranslation('floor')
  const [loading, setLoadingState] = useState<Loading>()
  const now = useRef<Loading>(undefined)
  const setLoading = useCallback((next: Loading | undefined): void => {
    now.current = next
    setLoadingState(next)
  }, [])
  const take = useCallback(
    async (label: Label): Promise<boolean> => {
      const found = await lookUp(label)
      const { thing } = found
      if (thing?.type === 'traceable') return load(thing, now.current, setLoading, t)
      const begun = thing && (await begin(thing))
      if (!begun) return showUnknown(found)
      setLoading(begun)
      return true
    },
    [setLoading, t],
  )
  useFirstScan(take)
  const ship = async (): Promise<void> => {
    const loaded = now.current
    if (!loaded || loaded.things.length === 0) return
    const settled = await captureWithCard(commandOf(loaded, loaded.things), {
      job: loaded.order ?? loaded.customer,
      words: t('ship.words', { count: loaded.things.length, customer: loaded.customerName }),
      after: (made) => (made[0] === undefined ? undefined : t('ship.after', { made: made[0] })),
    })
    if (settled.kind !== 'refused') setLoading(undefined)
  }
  useScans({
    screen: 'ship',
    take,
    command: (name) => {
      if (name === 'confirm') void ship()
      return name === 'confirm'
    },
  })
  return { loading, setLoading, ship }
}

/** A customer order, or a customer where there is none, begins a load. */
async function begin(thing: ScannedThing): Promise<Loading | undefined> {
  if (thing.type === 'party') {
    return { order: undefined, customer: thing.code, customerName: thing.code, things: [], lines: [] }
  }
  if (thing.type !== 'order' || thing.kind !== 'customer') return undefined
  const path = `/v1/orders/${encodeURIComponent(thing.code)}`
  const { code, party, partyName, orderLines } = (await askKept<OrderRecord>(`order:${thing.code}`, path))
    .value
  if (party === null) return undefined
  return { order: code, customer: party, customerName: partyName ?? party, things: [], lines: orderLines }
}

function commandOf(load: Loading, things: readonly ScannedThing[]) {
  return {
    verb: 'ship' as const,
    customer: load.customer,
    ...(load.order === undefined ? {} : { order: load.order }),
    contents: things.map((thing) => ({ what: referenceOf(valueOf(thing)) })),
  }
}

async function load(
  thing: ScannedThing,
  loading: Loading | undefined,
  setLoading: (next: Loading) => void,
  t: FloorWords,
): Promise<boolean> {
  if (!loading) {
    showCard({
      kind: 'stop',
      title: t('ship.noDocument'),
      text: t('ship.noDocumentText', { what: thing.code }),
      fix: t('ship.scanDocument'),
    })
    return true
  }
  if (loading.things.some(({ code }) => code === thing.code)) {
    showCard({ kind: 'done', title: t('ship.again', { what: thing.code }) })
    return true
  }
  // All of it together: what is right by itself may be too much with the rest.
  const problem = await refusalOf(commandOf(loading, [...loading.things, thing]))
  if (problem) {
    showRefusal(problem)
    return true
  }
  setLoading({ ...loading, things: [...loading.things, thing] })
  showCard({ kind: 'done', title: t('ship.loaded', { what: thing.code, count: loading.things.length + 1 }) })
  return true
}
