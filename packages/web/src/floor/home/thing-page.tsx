import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { floorWord } from '../../language/floor-word.ts'
import { dayText } from '../../shared/language-formats.ts'
import { plainLabel } from '../../scan/label.ts'
import type { ScannedThing } from '../ask/floor-shapes.ts'
import { lookUp } from '../ask/look-up.ts'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import { useScanAnything } from './home-page.tsx'

/** What one scan tells of a lot, serial or case: what it is, how it stands, where it is, and what can be done with it. */
export function ThingPage() {
  const { id = '' } = useParams({ strict: false })
  const { scan = '' } = useSearch({ strict: false })
  const { t } = useTranslation('floor')
  useScanAnything()
  const found = useQuery({
    queryKey: ['floor', 'thing', scan],
    queryFn: () => lookUp(plainLabel(scan)),
  })
  const thing = [found.data?.thing, ...(found.data?.choices ?? [])].find((each) => each?.id === id)
  useDocumentTitle(`${thing?.code ?? scan} · ${t('product')}`)
  if (found.isPending) return <p className={styles['empty']}>{t('loading')}</p>
  if (!thing) return <p className={styles['empty']}>{t('thing.gone', { code: scan })}</p>
  return <Known thing={thing} />
}

function Known({ thing }: { thing: ScannedThing }) {
  const { t } = useTranslation('floor')
  return (
    <div className={styles['page']}>
      <h1 className={styles['id']} translate="no" style={{ margin: 0 }}>
        {thing.code}
      </h1>
      <p className={styles['lead']} translate="no">
        {[thing.itemName, thing.item].filter(Boolean).join(' · ')}
      </p>
      <Warnings thing={thing} />
      <Facts thing={thing} />
      <nav className={styles['acts']} aria-label={t('thing.acts')}>
        {acts
          .filter((act) => fits(act, thing))
          .map((act) => (
            <Link key={act} to={`/floor/${act}`} search={{ scan: thing.code }} className={styles['big']}>
              {t(`tile.${act}`)}
            </Link>
          ))}
        <a href={`/trace?id=${encodeURIComponent(thing.code)}`} className={styles['big']}>
          {t('thing.trace')}
        </a>
      </nav>
    </div>
  )
}

function Warnings({ thing }: { thing: ScannedThing }) {
  const { t } = useTranslation('floor')
  return (
    <>
      {(thing.holds ?? []).map(({ hold, reason }) => (
        <p key={hold} className={`${styles['note']} ${styles['stop']}`}>
          <FloorSign name="octagon" />
          {t('thing.held')} <span translate="no">{reason}</span>
        </p>
      ))}
      {thing.expired ? (
        <p className={`${styles['note']} ${styles['stop']}`}>
          <FloorSign name="octagon" />
          {t('thing.expired')}
        </p>
      ) : null}
    </>
  )
}

/** State, expiry, where it lies, and what is in it. */
function Facts({ thing }: { thing: ScannedThing }) {
  const { t } = useTranslation('floor')
  const isHeld = (thing.holds ?? []).length > 0
  const contents = thing.contents ?? []
  return (
    <ul className={styles['rows']}>
      <li className={styles['row']}>
        <span className={styles['rowMain']}>{t('thing.state')}</span>
        <strong>{floorWord('status', isHeld ? 'held' : (thing.status ?? 'unknown'))}</strong>
      </li>
      {thing.expiresOn ? (
        <li className={styles['row']}>
          <span className={styles['rowMain']}>{t('thing.expires')}</span>
          <strong translate="no">{dayText(thing.expiresOn)}</strong>
        </li>
      ) : null}
      {(thing.at ?? []).map(({ holderKind, holder, quantity }) => (
        <li key={`${holderKind} ${holder}`} className={styles['row']}>
          <span className={styles['rowMain']}>
            <span>
              {floorWord('holder', holderKind)} <strong translate="no">{holder}</strong>
            </span>
          </span>
          <strong translate="no">
            {quantity} {thing.unit}
          </strong>
        </li>
      ))}
      {contents.length > 0 ? (
        <li className={styles['row']}>
          <span className={styles['rowMain']}>{t('thing.contents', { count: contents.length })}</span>
          <span className={styles['mono']} translate="no">
            {contents.slice(0, 12).join(', ')}
          </span>
        </li>
      ) : null}
    </ul>
  )
}

const acts = ['move', 'hold', 'count', 'split', 'return', 'replace'] as const
type Act = (typeof acts)[number]

/** Only what can be done with it as it is. */
function fits(act: Act, thing: ScannedThing): boolean {
  const at = (kind: string) => (thing.at ?? []).some(({ holderKind }) => holderKind === kind)
  switch (act) {
    case 'return':
      return at('customer')
    case 'replace':
      return (thing.parts ?? []).length > 0
    case 'split':
      return thing.kind !== 'serial' && thing.kind !== 'container' && at('place')
    case 'move':
      return at('place') || thing.kind === 'container'
    case 'count':
    case 'hold':
      return true
  }
}
