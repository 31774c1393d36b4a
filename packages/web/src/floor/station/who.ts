import { useSyncExternalStore } from 'react'

/** Who stands at this device, and where it stands. Sign-in sets the person; everything of the floor reads it here. */
export interface Who {
  readonly person: string | null
  readonly station: string | null
}

const stationKey = 'lotline-station'

let who: Who = { person: null, station: readStation() }
const listeners = new Set<() => void>()

function readStation(): string | null {
  return typeof localStorage === 'undefined' ? null : localStorage.getItem(stationKey)
}

export function whoNow(): Who {
  return who
}

export function setPerson(person: string | null): void {
  if (who.person !== person) change({ ...who, person })
}

/** The device stays where it is put until somebody moves it: kept beyond the tab. */
export function setStation(station: string | null): void {
  if (station === null) localStorage.removeItem(stationKey)
  else localStorage.setItem(stationKey, station)
  change({ ...who, station })
}

export function useWho(): Who {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    whoNow,
  )
}

function change(next: Who): void {
  who = next
  for (const listener of listeners) listener()
}
