import { Outlet, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { announceRead, onRead } from '../../scan/code-read.ts'
import { useWedge } from '../../scan/use-wedge.ts'
import { useSession, useSignOut } from '../../shared/session.ts'
import { useReadyForOffline, useRefresh } from '../ask/questions.ts'
import { CardArea } from '../cards/card-area.tsx'
import { cardNow, closeCard } from '../cards/card-state.ts'
import { sendSoon, startSending } from '../queue/queue.ts'
import { keepStore } from '../queue/store.ts'
import { takeRead, useOpenReads } from '../scans/scan-desk.ts'
import { VirtualScanner } from '../scans/virtual-scanner.tsx'
import { setPerson } from '../station/who.ts'
import { FloorHeader } from './floor-header.tsx'
import { keepPage } from './keep-page.ts'
import styles from './shell.module.css'

/** The frame of every floor screen: who and where, the card of the last scan, the screen. It takes every scan, wherever the focus is. */
export function FloorShell() {
  const { data: session } = useSession()
  useEffect(() => setPerson(session?.printedName ?? session?.person ?? null), [session])
  useSignOutCommand()
  useWedge(useCallback((text: string) => announceRead(text, 'wedge'), []))
  useEffect(() => onRead((read) => void takeRead(read)), [])
  useEffect(() => startSending(), [])
  useEffect(() => {
    void keepStore()
    void keepPage()
  }, [])
  useReadyForOffline()
  useRefreshAfterCaptures()
  useCardPerScreen()
  const busy = useOpenReads() > 0
  return (
    <div className={styles['shell']}>
      <FloorHeader />
      <div className={styles['body']}>
        <main className={styles['content']} id="content" aria-busy={busy}>
          <CardArea />
          <Outlet />
        </main>
        <VirtualScanner />
      </div>
    </div>
  )
}

/** The command to sign out sends what waits first; what cannot be sent now stays on the device. */
function useSignOutCommand(): void {
  const { mutate } = useSignOut()
  useEffect(() => {
    const leave = (): void => {
      sendSoon()
      mutate()
    }
    window.addEventListener('lotline-sign-out', leave)
    return () => window.removeEventListener('lotline-sign-out', leave)
  }, [mutate])
}

/** What was done stands above the screen it was done on, not above the next. A question or a refusal stays until it is answered. */
function useCardPerScreen(): void {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  useEffect(() => {
    if (cardNow()?.kind === 'done') closeCard()
  }, [path])
}

/** What was recorded changes what is left: the open questions are asked again, not for each scan of a quick hand. */
function useRefreshAfterCaptures(): void {
  const refresh = useRefresh()
  useEffect(() => {
    let timer: number | undefined
    const soon = (): void => {
      window.clearTimeout(timer)
      timer = window.setTimeout(refresh, 250)
    }
    window.addEventListener('lotline-floor-changed', soon)
    return () => {
      window.clearTimeout(timer)
      window.removeEventListener('lotline-floor-changed', soon)
    }
  }, [refresh])
}
