import { Button, Combobox, TextInput, useCombobox } from '@mantine/core'
import { useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Identifier } from '../look/identifier.tsx'
import { Sign } from '../look/icons.tsx'
import { readAddress } from '../shared/address.ts'
import type { SearchMatch } from '../shared/answer-shapes.ts'
import { identifiersIn, identifiersText } from './identifiers.ts'
import styles from './search-box.module.css'
import { useSuggestions } from './suggestions.ts'
import { useOpenTrace } from './use-open-trace.ts'
import { useWedge } from '../scan/use-wedge.ts'
import { announceShortcut, useShortcut } from '../shared/page-events.ts'
import { wordFor } from '../language/word-for.ts'

/** The one box for every identifier, on every screen. It shows what is asked, so that changing it changes the question. */
export function SearchBox() {
  const { t } = useTranslation()
  const asked = useRouterState({
    select: ({ location }) => identifiersText(readAddress(location.searchStr)['id'] ?? []),
  })
  const [text, setText] = useState(asked)
  const input = useRef<HTMLInputElement>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useSuggestions(text, combobox.dropdownOpened)
  const openTrace = useOpenTrace()
  useEffect(() => setText(asked), [asked])

  const trace = useCallback(
    (asking: string) => {
      const ids = identifiersIn(asking)
      setText(identifiersText(ids))
      openTrace(ids)
    },
    [openTrace],
  )
  useWedge(trace, announceShortcut)
  useFocusKeys(input)

  const choose = (code: string): void => {
    combobox.closeDropdown()
    trace(identifiersText([...identifiersIn(text).slice(0, -1), code]))
  }
  const submit = (): void => {
    combobox.closeDropdown()
    input.current?.blur()
    trace(text)
  }
  const count = identifiersIn(text).length
  return (
    <form role="search" className={styles['box']} onSubmit={(event) => (event.preventDefault(), submit())}>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal shadow="sm">
        <Combobox.Target>
          <TextInput
            ref={input}
            className={styles['field']}
            classNames={{ input: styles['input'] }}
            aria-label={t('search.label')}
            placeholder={t('search.placeholderLong')}
            leftSection={<Sign name="search" />}
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onPaste={(event) => pasteLines(event, text, setText)}
            onChange={(event) => (setText(event.currentTarget.value), combobox.openDropdown())}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!found.data || text.trim() === ''} className={styles['drop']}>
          <Suggestions text={text} matches={found.data?.matches ?? []} near={found.data?.near ?? []} />
        </Combobox.Dropdown>
      </Combobox>
      <Button type="submit" className={styles['submit']}>
        {count > 1 ? t('search.several', { count }) : t('search.trace')}
      </Button>
    </form>
  )
}

function Suggestions({
  text,
  matches,
  near,
}: {
  text: string
  matches: readonly SearchMatch[]
  near: readonly SearchMatch[]
}) {
  const { t } = useTranslation()
  const shown = matches.length > 0 ? matches : near
  if (shown.length === 0) return <Combobox.Empty>{t('search.none', { text: text.trim() })}</Combobox.Empty>
  return (
    <Combobox.Options aria-label={t('search.suggestions')} mah={320} style={{ overflowY: 'auto' }}>
      <Combobox.Group label={t(matches.length > 0 ? 'search.matches' : 'search.near')}>
        {shown.slice(0, 12).map((match) => (
          <Combobox.Option key={`${match.type} ${match.id}`} value={match.code} className={styles['option']}>
            <Identifier code={match.code} strong />
            <span className={styles['about']}>
              {wordFor('kind', match.kind ?? match.type)}
              {match.item === null ? '' : ` · ${match.item}`}
            </span>
          </Combobox.Option>
        ))}
      </Combobox.Group>
    </Combobox.Options>
  )
}

/** `/` and Ctrl-K (or Command-K) lead to the box from anywhere. */
function useFocusKeys(input: React.RefObject<HTMLInputElement | null>): void {
  const focus = useCallback(() => {
    input.current?.focus()
    input.current?.select()
  }, [input])
  useShortcut('/', focus)
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      focus()
    }
    window.addEventListener('keydown', listen)
    window.addEventListener('lotline-search', focus)
    return () => {
      window.removeEventListener('keydown', listen)
      window.removeEventListener('lotline-search', focus)
    }
  }, [focus])
}

/** A field of one line drops line ends from what is pasted; a pasted column of numbers must stay several numbers. */
function pasteLines(
  event: React.ClipboardEvent<HTMLInputElement>,
  text: string,
  setText: (text: string) => void,
): void {
  const pasted = event.clipboardData.getData('text')
  if (!/[\r\n\t]/.test(pasted.trim())) return
  event.preventDefault()
  const { selectionStart, selectionEnd } = event.currentTarget
  const before = text.slice(0, selectionStart ?? text.length)
  setText(before + identifiersText(identifiersIn(pasted)) + text.slice(selectionEnd ?? text.length))
}
