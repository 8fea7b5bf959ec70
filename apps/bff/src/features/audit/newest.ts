import type { Audit } from '../../adapters/store/audit.ts'
import type { Within } from '../../adapters/store/within.ts'

type Newest = Pick<Audit, 'lastSeq' | 'lastSeqWithin'>

/** What differs whenever there is something new to see, by the limit that holds at that moment. */
export const newestFor = (audit: Newest, cluster: string, within: () => Promise<Within | undefined>) => {
  let seen: bigint | null = null
  let own = 0n
  return async (): Promise<bigint> => {
    const last = await audit.lastSeq()
    if (last === seen) return own
    const theirs = await within()
    if (theirs === undefined) own = last
    else if (seen !== null) own = (await audit.lastSeqWithin(theirs, cluster, seen)) ?? own
    seen = last
    return own
  }
}
