import { decimalPoint, figure, locale } from './locale.ts'

/** `1,234.56 EUR` from a decimal of any length; the digits behind the point stay as they are. */
export function formatMoney(amount: string, currency: string | null): string {
  const [whole = '0', part] = amount.replace(/^-/, '').split('.')
  const sign = amount.startsWith('-') ? '−' : ''
  const text = `${sign}${BigInt(whole).toLocaleString(locale())}${part === undefined ? '' : `${decimalPoint()}${part}`}`
  return figure(currency === null ? text : `${text} ${currency}`)
}
