import { pageOf } from '../../address/page-of.ts'

const STATUSES = ['active', 'inactive', 'closed'] as const

export type ClientsSearch = { search?: string; status?: (typeof STATUSES)[number]; page?: string }

/** What is right of an address; the rest is left out. */
export const clientsSearch = (address: { [Name in keyof ClientsSearch]?: string | undefined }): ClientsSearch => {
  const { search } = address
  const status = STATUSES.find((each) => each === address.status)
  return {
    ...(search && { search: search.slice(0, 254) }),
    ...(status && { status }),
    ...pageOf(address),
  }
}
