import { useEffect } from 'react'
import { wedge } from './wedge.ts'

/** A single key is only a key when no second one follows as fast as a scanner types. */
const loneKeyWaitMs = 60

type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * Listens to every key of the page: a scanner's burst goes to `onScan` wherever the focus is, a lone key outside of fields
 * to `onKey`. What a burst typed into some field is taken out of it again.
 */
export function useWedge(onScan: (text: string) => void, onKey?: (key: string) => void): void {
  useEffect(() => {
    const reader = wedge()
    let field: { element: Field; before: string } | undefined
    let waiting: number | undefined
    const listen = (event: KeyboardEvent): void => {
      if (event.isComposing) return
      const outcome = reader.feed(event, event.timeStamp)
      window.clearTimeout(waiting)
      if (outcome.kind === 'scan') {
        event.preventDefault()
        event.stopPropagation()
        if (field) restore(field.element, field.before)
        onScan(outcome.text)
        return
      }
      if (outcome.kind === 'none') field = fieldOf(event.target)
      if (outcome.kind === 'waiting' && !isField(event.target)) event.preventDefault()
      if (onKey && outcome.kind === 'none' && isPlain(event) && !isField(event.target)) {
        const { key } = event
        waiting = window.setTimeout(() => onKey(key), loneKeyWaitMs)
        if (key === '/') event.preventDefault()
      }
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => {
      window.clearTimeout(waiting)
      window.removeEventListener('keydown', listen, { capture: true })
    }
  }, [onScan, onKey])
}

function isPlain(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
}

function fieldOf(target: EventTarget | null) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return undefined
  return { element: target, before: target.value }
}

/** React only believes a change that its own setter did not make. */
function restore(element: Field, value: string): void {
  const prototype =
    element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
