import { useEffect } from 'react'

const SUFFIX = ' · Ostor Console'

/** Names the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title}${SUFFIX}`
  }, [title])
}

/** The name of the page that is open. */
export const baseTitle = (): string => document.title.replace(SUFFIX, '')
