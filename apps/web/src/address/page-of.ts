/** The number of a page as an address may say it; nothing for the first one and for what is no such number. */
export const pageOf = ({ page }: Record<string, unknown>): { page?: string } =>
  typeof page === 'string' && /^[1-9]\d{0,5}$/.test(page) && page !== '1' ? { page } : {}
