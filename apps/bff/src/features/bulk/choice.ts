import { type BulkChoice, MOST_ITEMS } from '@ostor-console/shared/bulk'
import type { ClusterParts } from '../../clusters.ts'
import { emailLines } from './email-list.ts'
import type { Chosen } from './plan.ts'

/** One that was named, by id or by e-mail. */
export type Seed = Omit<Chosen, 'users'>
type Filter = { search?: string | undefined; state?: 'enabled' | 'disabled' | undefined }
export type Wanted = Seed[] | Filter

/** Finds in the lists who is meant. */
export type Look = (parts: ClusterParts, wanted: Wanted) => Promise<{ chosen: Chosen[]; listedAt: Date }>

/** Whom a choice names, and how it is called. */
export const wantedOf = (choice: BulkChoice): { wanted: Wanted; source: string } => {
  switch (choice.by) {
    case 'ids': {
      const wanted = choice.ids.map((id) => ({ line: null, id, email: '' }))
      return { wanted, source: wanted.length === 1 ? 'One chosen user' : `${wanted.length} chosen users` }
    }
    case 'filter': {
      const { search = '', state } = choice
      const found = search.trim() === '' ? '' : ` found for “${search.trim()}”`
      return { wanted: { search, state }, source: `All ${state === undefined ? '' : `${state} `}users${found}` }
    }
    default: {
      // One more than there may be is enough to say so.
      const wanted = emailLines(choice.text)
        .slice(0, MOST_ITEMS + 1)
        .map((line) => ({ ...line, id: null }))
      return { wanted, source: `A list of ${wanted.length} ${wanted.length === 1 ? 'e-mail' : 'e-mails'}` }
    }
  }
}
