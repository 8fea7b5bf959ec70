import { useLingui } from '@lingui/react/macro'
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import { useRef, useState } from 'react'

type Props = {
  label: string
  value: string
  onSearch: (text: string) => void
  /** Rest after the last letter, in milliseconds; short where the answer lies in memory. */
  afterMs?: number
}

/** For what the console keeps in memory: shorter than the time between two letters, so that nobody waits for it. */
export const AT_ONCE_MS = 50

/** Asks a moment after the last letter; follows the address when that changes by another way. */
export function SearchBox({ label, value, onSearch, afterMs = 250 }: Props) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(value)
  const ask = useDebouncedCallback((next: string) => {
    setAsked(next)
    onSearch(next)
  }, afterMs)
  if (value !== asked) {
    setAsked(value)
    setText(value)
  }
  const type = (next: string) => {
    setText(next)
    ask(next.trim())
  }
  const clear = () => {
    type('')
    input.current?.focus()
  }
  return (
    <TextInput
      ref={input}
      className="toolbar-search"
      type="search"
      data-shortcut="/"
      size="sm"
      aria-label={label}
      placeholder={label}
      maxLength={254}
      value={text}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={text !== '' && <CloseButton size="sm" aria-label={t`Clear the search`} onClick={clear} />}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        // In a form, it would do what the form is for, with what was chosen before this search.
        if (event.key === 'Enter') event.preventDefault()
      }}
    />
  )
}
