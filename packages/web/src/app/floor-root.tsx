import { use, useEffect, useState } from 'react'
import { startFloorLanguage } from '../language/floor-language.ts'
import { FloorShell } from '../floor/shell/floor-shell.tsx'
import { Problem } from '../shared/problem.ts'
import { useSession } from '../shared/session.ts'
import { SignedIn } from './signed-in.tsx'

const started = startFloorLanguage()

/**
 * The floor begins when its words are there. Without a network it opens for whoever holds the device: what they scan is kept,
 * and recorded for the person who signs in when it is sent. Once open, a question about the session never closes it.
 */
export function FloorRoot() {
  use(started)
  const { data, error } = useSession()
  const [wasOpen, setOpen] = useState(false)
  const isUnreachable = error instanceof Problem && error.status === 0
  const isKnown = data !== undefined && data.person !== null
  const isStranger = data?.person === null || (error instanceof Problem && error.status === 401)
  const isOpen = isKnown || isUnreachable || (wasOpen && !isStranger)
  useEffect(() => setOpen(isOpen), [isOpen])
  if (isOpen) return <FloorShell />
  return <SignedIn outside={(page) => <main id="content">{page}</main>}>{null}</SignedIn>
}
