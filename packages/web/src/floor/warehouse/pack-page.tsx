import { useDocumentTitle } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../../scan/label.ts'
import type { ScannedThing } from '../ask/floor-shapes.ts'
import { lookUp, lookUpText } from '../ask/look-up.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import { showFault } from '../cards/refusal-card.ts'
import type { FloorWords } from '../floor-words.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { Keypad } from '../look/keypad.tsx'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { referenceOf, valueOf } from '../steps/step-flow.ts'

/** The case or pallet that is being filled. Without a code its number is given when the first thing goes in. */
interface Open {
  readonly code: string | undefined
  readonly contents: readonly string[]
}

/** Units into a case, cases onto a pallet: each scan packs one thing at once, so that nothing is packed in words only. */
export function PackPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('pack.title')} · ${t('product')}`)
  const { open, setOpen, quantity, setQuantity, keying, setKeying } = usePacking()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('pack.title')}</h1>
      <ScanNext
        title={open ? t('pack.scanInto', { code: open.code ?? t('pack.newCase') }) : t('pack.scanCase')}
        text={open ? t('pack.scanIntoText') : t('pack.scanCaseText')}
      />
      {open ? <OpenCase open={open} /> : null}
      {quantity === undefined ? null : (
        <p className={styles['note']}>{t('use.nextQuantity', { quantity })}</p>
      )}
      <div className={styles['acts']}>
        <TypeCode />
        <BigButton quiet onClick={() => setKeying(true)}>
          {t('command.quantity')}
        </BigButton>
        <BigButton primary onClick={() => setOpen(open ? undefined : emptyCase)}>
          {open ? t('pack.close') : t('pack.newCaseButton')}
        </BigButton>
      </div>
      {keying ? (
        <Keypad
          title={t('field.quantity')}
          unit=""
          decimals={9}
          onClose={() => setKeying(false)}
          onGive={(value) => {
            setKeying(false)
            setQuantity(value)
          }}
        />
      ) : null}
    </div>
  )
}

function OpenCase({ open }: { open: Open }) {
  const { t } = useTranslation('floor')
  return (
    <section className={styles['panel']} aria-label={t('pack.open')} data-container={open.code}>
      {open.code === undefined ? (
        <strong>{t('pack.newCase')}</strong>
      ) : (
        <span className={styles['id']} translate="no">
          {open.code}
        </span>
      )}
      <p className={styles['lead']}>{t('pack.count', { count: open.contents.length })}</p>
      <ul className={styles['rows']}>
        {open.contents.toReversed().map((code) => (
          <li key={code} className={styles['row']} translate="no">
            <span className={styles['mono']}>{code}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const emptyCase: Open = { code: undefined, contents: [] }

function usePacking() {
  const { t } = useTranslation('floor')
  const [open, setOpenState] = useState<Open>()
  const [quantity, setQuantity] = useState<string>()
  const [keying, setKeying] = useState(false)
  const now = useRef<Open>(undefined)
  const setOpen = (next: Open | undefined): void => {
    now.current = next
    setOpenState(next)
  }
  const openKnown = async (code: string): Promise<void> => {
    const { thing } = await lookUpText(code)
    setOpen({ code, contents: thing?.contents ?? [] })
  }
  const pack = async (thing: ScannedThing): Promise<void> => {
    const into = now.current ?? emptyCase
    // Numbers are given by the server: without it, only a case with a label of its own can be filled.
    if (into.code === undefined && !navigator.onLine) return showFault(undefined)
    setQuantity(undefined)
    const settled = await packOne(t, into, thing, quantity)
    if (settled.kind === 'refused') return
    setOpen({ code: into.code ?? settled.record.made?.[0], contents: [...into.contents, thing.code] })
  }
  useScans({
    screen: 'pack',
    take: async (label) => {
      const found = await lookUp(label)
      const { thing } = found
      const into = now.current
      if (thing?.kind === 'container') {
        if (into && thing.code !== into.code) askNest(t, thing, into, { pack, openKnown })
        else await openKnown(thing.code)
      } else if (thing?.type === 'traceable') {
        if (into) await pack(thing)
        else askCase(t, thing, pack)
      } else if (thing || into) return showUnknown(found)
      else askNewCase(t, label, (code) => setOpen({ code, contents: [] }))
      return thing !== undefined
    },
    command: (name) => {
      if (name === 'quantity') setKeying(true)
      if (name === 'confirm') setOpen(undefined)
      return name === 'quantity' || name === 'confirm'
    },
  })
  return { open, setOpen, quantity, setQuantity, keying, setKeying }
}

function packOne(t: FloorWords, into: Open, thing: ScannedThing, amount: string | undefined) {
  const content = {
    what: referenceOf(valueOf(thing)),
    ...(amount === undefined ? {} : { quantity: { value: amount } }),
  }
  return captureWithCard(
    { verb: 'pack', ...(into.code === undefined ? {} : { container: into.code }), contents: [content] },
    {
      job: into.code ?? thing.code,
      words: t('pack.words', { what: thing.code, into: into.code ?? t('pack.newCase') }),
      after: (made) =>
        into.code === undefined && made[0] !== undefined ? t('pack.numbered', { code: made[0] }) : undefined,
    },
  )
}

/** A case that is scanned while another is open may go into it, or be the next one. */
function askNest(
  t: FloorWords,
  thing: ScannedThing,
  into: Open,
  acts: { pack(thing: ScannedThing): Promise<void>; openKnown(code: string): Promise<void> },
): void {
  const { code } = thing
  showCard({
    kind: 'look',
    title: t('pack.nest', { code }),
    choices: [
      {
        label: t('pack.nestYes', { code, into: into.code ?? t('pack.newCase') }),
        act: () => acts.pack(thing),
      },
      { label: t('pack.nestNo', { code }), act: () => acts.openKnown(code) },
    ],
  })
}

/** A code that nobody knows is a new case when it is scanned twice. */
function askNewCase(t: FloorWords, label: Label, open: (code: string) => void): void {
  const code = label.container ?? label.code
  showCard({
    kind: 'look',
    title: t('pack.newCode', { code }),
    text: t('look.scanAgain'),
    again: label.text,
    choices: [{ label: t('pack.newCodeYes', { code }), act: () => open(code) }],
  })
}

function askCase(t: FloorWords, thing: ScannedThing, pack: (thing: ScannedThing) => Promise<void>): void {
  showCard({
    kind: 'look',
    title: t('pack.whichCase', { what: thing.code }),
    text: t('pack.whichCaseText'),
    choices: [{ label: t('pack.newCase'), act: () => pack(thing) }],
  })
}
