import { type BulkChoice, MOST_ITEMS } from '@ostor-console/shared/bulk'
import { said } from '@ostor-console/shared/said'
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
      return { wanted, source: wanted.length === 1 ? said`One chosen user` : said`${wanted.length} chosen users` }
    }
    case 'filter': {
      const { search = '', state } = choice
      return { wanted: { search, state }, source: sourceOf(state ?? 'any', search.trim()) }
    }
    default: {
      // One more than there may be is enough to say so.
      const wanted = emailLines(choice.text)
        .slice(0, MOST_ITEMS + 1)
        .map((line) => ({ ...line, id: null }))
      return {
        wanted,
        source: wanted.length === 1 ? said`A list of 1 e-mail` : said`A list of ${wanted.length} e-mails`,
      }
    }
  }
}

const sourceOf = (state: 'any' | 'enabled' | 'disabled', search: string): string =>
  search === '' ? ALL[state] : FOUND[state](search)

const ALL = { any: said`All users`, enabled: said`All enabled users`, disabled: said`All disabled users` }
const FOUND = {
  any: (search: string) => said`All users found for “${search}”`,
  enabled: (search: string) => said`All enabled users found for “${search}”`,
  disabled: (search: string) => said`All disabled users found for “${search}”`,
}
