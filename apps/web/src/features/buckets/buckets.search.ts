import { BUCKET_SORTS } from '@ostor-console/shared/buckets'
import { PAGE_SIZES } from '@ostor-console/shared/query'
import { pageOf } from '../../address/page-of.ts'

export type BucketsSearch = {
  search?: string
  sort?: (typeof BUCKET_SORTS)[number]
  page?: string
  pageSize?: (typeof PAGE_SIZES)[number]
}

/** What the address says, without what it cannot mean; what is the default is left out. */
export function bucketsSearch(search: Record<string, unknown>): BucketsSearch {
  const { search: text } = search
  const sort = BUCKET_SORTS.find((each) => each === search['sort'])
  const pageSize = PAGE_SIZES.find((each) => each === search['pageSize'])
  return {
    ...(typeof text === 'string' && text !== '' && { search: text.slice(0, 254) }),
    ...(sort && { sort }),
    ...pageOf(search),
    ...(pageSize && pageSize !== '50' && { pageSize }),
  }
}

export const DEFAULT_SORT = '-storedBytes'
