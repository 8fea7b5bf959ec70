import { type RefObject, useEffect, useLayoutEffect } from 'react'

let last: Element | null = null
let home: Element | null = null

/** A choice of a menu is gone by the time somebody comes back to it, so the button of its menu is remembered instead. */
const remember = ({ target }: FocusEvent): void => {
  if (!(target instanceof Element)) return
  const button = target.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  last = (button && document.querySelector(`#${CSS.escape(button)}`)) || target
}

/** Remembers where the focus was, for dialogs that are drawn after what opened them has gone. */
export function useFocusMemory(): void {
  useEffect(() => {
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
}

export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Puts the focus on the heading of the page, which a screen reader then reads. */
export const focusHeading = (): void => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })

/** For a dialog: the focus goes back to where it was, or to the heading when that is gone. */
export function useFocusReturn(): void {
  useEffect(() => {
    // One dialog may follow another: then the button that opened the first is what to come back to.
    const opener = last?.isConnected ? last : isFocusLost() ? home : document.activeElement
    home = opener
    return () =>
      void setTimeout(() => {
        if (!isFocusLost()) return
        if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true })
        if (isFocusLost()) focusHeading()
      })
  }, [])
}

/** For what may go by itself: when it had the focus, or held what had it, the dialog around it or the heading gets it. */
export function useHeadingAfterwards(going: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = going
    return () => {
      // It is still in its place.
      if (!current?.contains(document.activeElement)) return
      const dialog = current.closest<HTMLElement>('[role="dialog"], dialog')
      setTimeout(() => {
        if (!isFocusLost()) return
        // A dialog that is gone as well gives the focus back by itself.
        if (dialog) dialog.focus({ preventScroll: true })
        else focusHeading()
      })
    }
  }, [going])
}
