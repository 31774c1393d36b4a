import { useEffect } from 'react'

/** Calls `act` for a plain key pressed outside of any field. Letters of a scan never come here: see the wedge. */
export function useShortcut(keys: string, act: (key: string) => void): void {
  useEffect(() => {
    const listen = (event: Event): void => {
      const key = event instanceof CustomEvent ? String(event.detail) : ''
      if (keys.includes(key)) act(key)
    }
    window.addEventListener('lotline-shortcut', listen)
    return () => window.removeEventListener('lotline-shortcut', listen)
  }, [keys, act])
}

export function announceShortcut(key: string): void {
  window.dispatchEvent(new CustomEvent('lotline-shortcut', { detail: key }))
}

/** The search box listens for this, so that a button anywhere can lead to it. */
export function askForSearch(): void {
  window.dispatchEvent(new Event('lotline-search'))
}
