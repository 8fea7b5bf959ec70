import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { focusHeading, isFocusLost } from '../ui/focus.ts'
import { baseTitle } from '../ui/title.ts'

export type Place = { href: string; title: string }

const REMEMBERED = 8

/**
 * After a page was changed the focus is on its heading, so that a screen reader says where one is and Tab goes on from
 * there; a change of the filter leaves it alone. Answers the places that were left, the last one first. They are kept no
 * longer than the page of the browser: their names are those of customers.
 */
export function useArrival(): () => readonly Place[] {
  const router = useRouter()
  const places = useRef<readonly Place[]>([])
  useEffect(() => {
    // Whoever has just signed in has used the page; whoever has just opened it starts at its beginning.
    if (navigator.userActivation.hasBeenActive && isFocusLost()) focusHeading()
    const onLeave = router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
      if (!fromLocation || !pathChanged) return
      const { href, pathname } = fromLocation
      const others = places.current.filter((place) => new URL(place.href, window.location.origin).pathname !== pathname)
      places.current = [{ href, title: baseTitle() }, ...others].slice(0, REMEMBERED)
    })
    const onArrive = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (fromLocation && pathChanged && !document.querySelector('[role="dialog"]')) focusHeading()
    })
    return () => {
      onLeave()
      onArrive()
    }
  }, [router])
  return () => places.current
}
