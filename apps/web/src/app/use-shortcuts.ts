import { useWindowEvent } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { usePreferences } from '../ui/use-preferences.ts'
import { usePages } from './pages.ts'
import { SHORTCUTS, type Shortcut } from './shortcuts.ts'

const SEQUENCE_MS = 1500
const TYPED_IN = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="combobox"]'
const LAYERS = 'dialog[open], [role="dialog"], [role="menu"]'

/**
 * Listens to the keys of the shortcuts, but never while somebody types or a dialog or menu is open. The kit's own hook wants
 * the Shift of each key said, and `?` and `/` take it on some keyboards and not on others.
 */
export function useShortcuts(cluster: string, onOpen: (what: 'palette' | 'shortcuts') => void): void {
  const navigate = useNavigate()
  const { pages } = usePages()
  const { shortcuts } = usePreferences()
  const begun = useRef({ key: '', at: 0 })

  const run = (shortcut: Shortcut) => {
    if ('open' in shortcut) onOpen(shortcut.open)
    else if ('press' in shortcut) pressOnPage(shortcut.press)
    else if (pages.some(({ to }) => to === shortcut.to)) void navigate({ to: shortcut.to, params: { cluster } })
  }

  useWindowEvent('keydown', (event) => {
    const key = strokeOf(event)
    const isSingle = key !== 'mod+k'
    if (key === null || (isSingle && (shortcuts === 'off' || isTypedIn(event.target)))) return
    const { key: first, at } = begun.current
    const keys = isSingle && first !== '' && event.timeStamp - at < SEQUENCE_MS ? `${first} ${key}` : key
    begun.current = { key: SHORTCUTS.some((each) => each.keys.startsWith(`${keys} `)) ? keys : '', at: event.timeStamp }
    const shortcut = SHORTCUTS.find((each) => each.keys === keys)
    if (!shortcut) return
    event.preventDefault()
    if (!isCovered()) run(shortcut)
  })
}

/** What was pressed, in the words of the table; `null` for what can be no shortcut. */
const strokeOf = (event: KeyboardEvent): string | null => {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing, defaultPrevented } = event
  if (defaultPrevented || repeat || isComposing || key === 'Shift') return null
  // Where the letters are not Latin, the place of the key counts.
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key)
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && letter === 'k') return 'mod+k'
  return ctrlKey || metaKey || altKey ? null : letter
}

const isCovered = (): boolean => [...document.querySelectorAll(LAYERS)].some((layer) => layer.checkVisibility())

const isTypedIn = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPED_IN) !== null

/** Goes to the control of the page that has this key, and uses it unless it is a field; answers whether there is one. */
export const pressOnPage = (key: string): boolean => {
  const control = document.querySelector<HTMLElement>(`main [data-shortcut="${key}"]`)
  control?.focus()
  if (control instanceof HTMLInputElement) control.select()
  else control?.click()
  return control !== null
}
