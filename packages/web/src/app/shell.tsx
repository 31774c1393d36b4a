import { Link, Outlet, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign, type IconName } from '../look/icons.tsx'
import { useMay } from '../shared/session.ts'
import { SearchBox } from '../search/search-box.tsx'
import { BarEnd } from './bar-end.tsx'
import { SignedIn } from './signed-in.tsx'
import styles from './shell.module.css'

/** The frame of every office screen: the bar with the search box, the rail, and the screen; only the mark before one signs in. */
export function Shell() {
  const { t } = useTranslation()
  const may = useMay()
  const isWelcome = useLocation({ select: ({ pathname }) => pathname === '/welcome' })
  if (isWelcome)
    return (
      <Doorstep>
        <Outlet />
      </Doorstep>
    )
  return (
    <SignedIn outside={(page) => <Doorstep>{page}</Doorstep>}>
      <div className={styles['shell']}>
        <a href="#content" className={styles['skip']}>
          {t('skip')}
        </a>
        <header className={styles['bar']}>
          <Link to="/" className={styles['brand']}>
            <Mark />
            {t('product')}
          </Link>
          <SearchBox />
          <BarEnd />
        </header>
        <nav className={styles['rail']} aria-label={t('rail.label')}>
          <RailLink to="/" icon="home" label={t('rail.home')} />
          <RailLink to="/trace" icon="trace" label={t('rail.trace')} />
          {may('read people') ? <RailLink to="/people" icon="people" label={t('rail.people')} /> : null}
          {may('read keys') ? <RailLink to="/keys" icon="key" label={t('rail.keys')} /> : null}
          {may('read ledger') ? <RailLink to="/seal" icon="seal" label={t('rail.seal')} /> : null}
          <a href="/docs" className={styles['place']}>
            <Sign name="book" />
            {t('rail.api')}
          </a>
        </nav>
        <main id="content" className={styles['content']} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </SignedIn>
  )
}

/** The frame of what is seen before one is in. */
function Doorstep({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={styles['doorstep']}>
      <header className={styles['bar']}>
        <span className={styles['brand']}>
          <Mark />
          {t('product')}
        </span>
      </header>
      <main id="content">{children}</main>
    </div>
  )
}

function RailLink({
  to,
  icon,
  label,
}: {
  to: '/' | '/trace' | '/people' | '/keys' | '/seal'
  icon: IconName
  label: string
}) {
  return (
    <Link to={to} className={styles['place']} activeOptions={{ exact: true, includeSearch: false }}>
      <Sign name={icon} />
      {label}
    </Link>
  )
}

function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M6 8h6c6 0 6 16 14 16M6 24h6c4 0 5-5 6.5-8"
        fill="none"
        stroke="var(--ink-link)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="6" cy="8" r="4" fill="var(--ink-text)" />
      <circle cx="6" cy="24" r="4" fill="var(--ink-text)" />
      <circle cx="26" cy="24" r="4" fill="var(--ink-text)" />
    </svg>
  )
}
