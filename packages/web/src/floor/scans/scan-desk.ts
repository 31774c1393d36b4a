import { useEffect, useRef, useSyncExternalStore } from 'react'
import { language } from '../../language/i18n.ts'
import type { CodeRead } from '../../scan/code-read.ts'
import type { CommandName } from '../../scan/command-codes.ts'
import { type Label, readLabel } from '../../scan/label.ts'
import { codeIn, scannerSettings } from '../../scan/scanner-settings.ts'
import { cardNow, choose, closeCard, showCard } from '../cards/card-state.ts'
import { showFault } from '../cards/refusal-card.ts'
import { sound } from '../cards/sound.ts'
import { store } from '../queue/store.ts'
import { undoLast } from '../queue/undo-last.ts'

/** What a screen does with a scan. It ends in a card, or in something that changed on the screen. */
export interface ScanTaker {
  readonly screen: string
  /** Gives whether the code was known. */
  take(label: Label, read: CodeRead): Promise<boolean | undefined>
  /** Whether the screen has a use for this command. */
  command?(name: CommandName): boolean
}

let takers: readonly ScanTaker[] = []
let chain: Promise<void> = Promise.resolve()
let open = 0
const watchers = new Set<() => void>()

/** How many reads are being worked on. */
export function useOpenReads(): number {
  return useSyncExternalStore(
    (watcher) => (watchers.add(watcher), () => watchers.delete(watcher)),
    () => open,
  )
}

function countReads(by: 1 | -1): void {
  open += by
  for (const watcher of watchers) watcher()
}

/** Gives scans to this screen as long as it is open; a screen on top of another comes first. */
export function useScans(taker: ScanTaker): void {
  const now = useRef(taker)
  now.current = taker
  useEffect(() => {
    const stable: ScanTaker = {
      get screen() {
        return now.current.screen
      },
      take: (label, read) => now.current.take(label, read),
      command: (name) => now.current.command?.(name) ?? false,
    }
    takers = [...takers, stable]
    return () => {
      takers = takers.filter((each) => each !== stable)
    }
  }, [])
}

/**
 * Takes a read: stored first, as it is, then worked on. Reads are worked on one after the other, however fast they come, so
 * that what a scan means never depends on a race.
 */
export function takeRead(read: CodeRead): Promise<void> {
  const text = codeIn(read.text, scannerSettings())
  if (text === '') return Promise.resolve()
  const stored = store.scans.add({
    text,
    by: read.by,
    at: new Date(read.at).toISOString(),
    screen: takers.at(-1)?.screen ?? '',
    known: null,
  })
  countReads(1)
  chain = chain.then(async () => {
    try {
      const no = await stored
      const known = await work(text, read)
      if (no !== undefined && known !== undefined) await store.scans.update(no, { known })
    } catch (fault) {
      showFault(fault)
    } finally {
      countReads(-1)
    }
  })
  return chain
}

async function work(text: string, read: CodeRead): Promise<boolean | undefined> {
  const card = cardNow()
  const reading = readLabel(text, new Date())
  if (reading.kind === 'command') {
    await obey(reading.command)
    return true
  }
  if (card?.kind === 'look' && card.again === text && card.choices[0]) {
    choose(card.choices[0])
    return true
  }
  if (card?.kind === 'stop' || card?.kind === 'look') {
    // Nothing may be recorded behind an open question: the scan is heard, and waits for nobody.
    sound('stop')
    return undefined
  }
  if (reading.kind === 'label') return taken(reading.label, read)
  const t = language.getFixedT(null, 'floor')
  if (reading.kind === 'unreadable') {
    showCard({ kind: 'stop', title: t('stop.unreadable'), text: reading.message, fix: reading.fix })
    return false
  }
  const labels = [...reading.readings, reading.plain]
  showCard({
    kind: 'look',
    title: t('look.twoReadings'),
    text: t('look.twoReadingsText'),
    choices: labels.map((label) => ({
      label: label === reading.plain ? t('look.asItStands') : label.text,
      about: label.code,
      act: async () => {
        await taken(label, read).catch(showFault)
      },
    })),
  })
  return undefined
}

async function taken(label: Label, read: CodeRead): Promise<boolean | undefined> {
  const taker = takers.at(-1)
  return taker ? taker.take(label, read) : undefined
}

async function obey(command: CommandName): Promise<void> {
  const card = cardNow()
  if (command === 'confirm' && card?.kind === 'stop') return closeCard()
  if (command === 'confirm' && card?.kind === 'look' && card.choices.length === 1 && card.choices[0]) {
    return choose(card.choices[0])
  }
  if (command === 'cancel' && card?.kind === 'look') return closeCard()
  if (card?.kind === 'stop' || card?.kind === 'look') return sound('stop')
  if (command === 'undo' && card?.kind === 'done' && card.undo) return undoLast()
  for (const taker of [...takers].reverse()) if (taker.command?.(command)) return
  if (command === 'sign-out') {
    window.dispatchEvent(new Event('lotline-sign-out'))
    return
  }
  const t = language.getFixedT(null, 'floor')
  showCard({
    kind: 'look',
    title: t('look.noUse', { command: t(`command.${command}`) }),
    choices: [{ label: t('card.understood'), act: () => undefined }],
  })
}
