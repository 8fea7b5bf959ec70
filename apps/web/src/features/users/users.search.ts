import { PAGE_SIZES } from '@ostor-console/shared/query'
import { USER_SORTS } from '@ostor-console/shared/users'
import { hideOf } from '../../address/hidden-columns.ts'
import { pageOf } from '../../address/page-of.ts'
import { idsOf, tickedOf } from '../../address/ticked.ts'

export type UsersSearch = {
  search?: string
  state?: 'enabled' | 'disabled'
  ids?: string
  sort?: (typeof USER_SORTS)[number]
  page?: string
  pageSize?: (typeof PAGE_SIZES)[number]
}

const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((each) => each === value)

/** What the address says, without what it cannot mean; what is the default is left out. */
export function usersSearch(search: Record<string, unknown>): UsersSearch {
  const { search: text } = search
  const state = oneOf(['enabled', 'disabled'], search['state'])
  const sort = oneOf(USER_SORTS, search['sort'])
  const pageSize = oneOf(PAGE_SIZES, search['pageSize'])
  return {
    ...(typeof text === 'string' && text !== '' && { search: text.slice(0, 254) }),
    ...(state && { state }),
    ...idsOf(search),
    ...(sort && { sort }),
    ...pageOf(search),
    ...(pageSize && pageSize !== '50' && { pageSize }),
  }
}

/** Beside it what stands in the address and asks nothing of the server. */
export type UsersAddress = UsersSearch & { hide?: string | undefined; ticked?: string | undefined }

export const usersAddress = (search: Record<string, unknown>): UsersAddress => ({
  ...usersSearch(search),
  ...hideOf(search),
  ...tickedOf(search),
})
