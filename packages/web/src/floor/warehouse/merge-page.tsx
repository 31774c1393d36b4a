import { useDocumentTitle } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScannedThing } from '../ask/floor-shapes.ts'
import { lookUp } from '../ask/look-up.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import type { FloorWords } from '../floor-words.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'
import { useScans } from '../scans/scan-desk.ts'
import { ScanNext, TypeCode } from '../scans/type-code.tsx'
import { showUnknown } from '../scans/unknown-card.ts'
import { aboutThing, placesOf, referenceOf, valueOf } from '../steps/step-flow.ts'

interface Together {
  readonly lots: readonly ScannedThing[]
  readonly place: string | undefined
}

/** Lots of one item into a composite lot. All parents are kept: nothing is ever one lot without having been several. */
export function MergePage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('merge.title')} · ${t('product')}`)
  const { together, setTogether, merge } = useTogether()
  const { lots, place } = together
  const because = lots.length < 2 ? t('merge.two') : place === undefined ? t('merge.noPlace') : undefined
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('merge.title')}</h1>
      <ScanNext
        title={t('merge.scan')}
        text={place === undefined ? t('merge.scanPlace') : t('merge.place', { place })}
      />
      {lots.length === 0 ? null : (
        <ul className={styles['rows']}>
          {lots.map((lot) => (
            <li key={lot.code} className={styles['row']}>
              <span className={styles['rowMain']} translate="no">
                <strong className={styles['mono']}>{lot.code}</strong>
                <span>{aboutThing(lot)}</span>
              </span>
              <BigButton
                quiet
                onClick={() => setTogether({ place, lots: lots.filter((each) => each !== lot) })}
              >
                {t('ship.takeOff')}
              </BigButton>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['acts']}>
        <TypeCode />
        <BigButton primary because={because} onClick={() => void merge()}>
          {t('merge.button', { count: lots.length })}
        </BigButton>
      </div>
    </div>
  )
}

function useTogether() {
  const { t } = useTranslation('floor')
  const [together, setTogetherState] = useState<Together>({ lots: [], place: undefined })
  const now = useRef(together)
  const setTogether = (next: Together): void => {
    now.current = next
    setTogetherState(next)
  }
  const merge = async (): Promise<void> => {
    const { lots, place } = now.current
    if (place === undefined || lots.length < 2) return
    const settled = await captureWithCard(
      { verb: 'merge', what: lots.map((lot) => ({ what: referenceOf(valueOf(lot)) })), into: { place } },
      {
        job: lots[0]?.code ?? '',
        words: t('merge.words', { count: lots.length, place }),
        after: (made) => (made.length === 0 ? undefined : t('merge.after', { made: made.join(', ') })),
      },
    )
    if (settled.kind !== 'refused') setTogether({ lots: [], place: undefined })
  }
  useScans({
    screen: 'merge',
    take: async (label) => {
      const found = await lookUp(label)
      const { lots, place } = now.current
      const { thing } = found
      if (thing?.type === 'place') setTogether({ lots, place: thing.code })
      else if (thing?.type !== 'traceable' || thing.item === null) return showUnknown(found)
      else if (lots[0] && lots[0].item !== thing.item) stopOther(t, thing, lots[0])
      else if (!lots.some(({ code }) => code === thing.code))
        setTogether({ lots: [...lots, thing], place: place ?? placesOf(thing)[0]?.holder })
      return true
    },
    command: (name) => {
      if (name === 'confirm') void merge()
      return name === 'confirm'
    },
  })
  return { together, setTogether, merge }
}

function stopOther(t: FloorWords, thing: ScannedThing, first: ScannedThing): void {
  const item = thing.item ?? ''
  showCard({
    kind: 'stop',
    title: t('merge.other', { item }),
    text: t('merge.otherText', { what: thing.code, item, first: first.code, firstItem: first.item ?? '' }),
    fix: t('merge.otherFix'),
  })
}
