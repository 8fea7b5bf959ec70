const STATUSES = ['active', 'inactive', 'closed'] as const

export type ClientsSearch = { search?: string; status?: (typeof STATUSES)[number]; page?: string }

/** What is right of an address; the rest is left out. */
export const clientsSearch = (address: { [Name in keyof ClientsSearch]?: string | undefined }): ClientsSearch => {
  const { search, page } = address
  const status = STATUSES.find((each) => each === address.status)
  return {
    ...(search && { search: search.slice(0, 254) }),
    ...(status && { status }),
    ...(page && /^[1-9]\d{0,5}$/.test(page) && page !== '1' && { page }),
  }
}
