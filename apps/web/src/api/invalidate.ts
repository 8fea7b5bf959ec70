import type { QueryClient } from '@tanstack/react-query'

/** What WHMCS knows belongs to no cluster. */
const keyOf = (noun: string, cluster: string): string[] => (noun === 'whmcs' ? [noun] : [noun, cluster])

/** Has what is known of these nouns read again; who has to see the new state waits for it. */
export const invalidate = (queryClient: QueryClient, cluster: string, ...nouns: string[]): Promise<unknown> =>
  Promise.all(nouns.map((noun) => queryClient.invalidateQueries({ queryKey: keyOf(noun, cluster) })))
