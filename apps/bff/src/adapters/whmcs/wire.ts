import type { Client, ClientService, ClientStatus } from '@ostor-console/shared/clients'
import * as z from 'zod'

/** Numbers come as numbers or as texts. */
export const Whole = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

/** A list comes wrapped as `{ name: [...] }`; an empty one may be `""`, and one of a single thing the thing itself. */
export const listOf = <T>(name: string, item: z.ZodType<T>) => {
  const none = z.union([z.literal(''), z.null(), z.undefined()]).transform((): T[] => [])
  const items = z.union([z.array(item), none, item.transform((one): T[] => [one])])
  return z.union([z.object({ [name]: items }).transform((wrapper): T[] => wrapper[name] ?? []), z.array(item), none])
}

const STATUSES: Record<string, ClientStatus> = { Active: 'active', Inactive: 'inactive', Closed: 'closed' }
const Text = z.string().nullish()

/** One client, of a list or alone. */
export const WireClient = z
  .object({
    id: Whole,
    firstname: Text,
    lastname: Text,
    companyname: Text,
    email: z.string(),
    status: Text,
    currency_code: Text,
  })
  .transform(
    (wire): Client => ({
      id: wire.id,
      name: [wire.firstname, wire.lastname].filter(Boolean).join(' '),
      company: wire.companyname ?? '',
      email: wire.email,
      status: STATUSES[wire.status ?? ''] ?? 'unknown',
      currency: wire.currency_code || null,
    }),
  )

const Day = z
  .string()
  .nullish()
  .transform((text) => (/^\d{4}-\d\d-\d\d/.test(text ?? '') && !text?.startsWith('0000') ? text : null))
  .transform((text) => text?.slice(0, 10) ?? null)

/** A service without its password, which is dropped here. */
export const WireService = z
  .object({
    id: Whole,
    name: Text,
    groupname: Text,
    domain: Text,
    status: Text,
    nextduedate: Day,
  })
  .transform(
    (wire): ClientService => ({
      id: wire.id,
      product: wire.name ?? '',
      group: wire.groupname ?? '',
      domain: wire.domain ?? '',
      status: wire.status ?? '',
      nextDueDate: wire.nextduedate,
    }),
  )

/** The figures of a service, in megabytes. */
export const WireUsage = z
  .object({ id: Whole, diskusage: Whole, bwusage: Whole })
  .transform(({ id, diskusage, bwusage }) => ({ id, diskMegabytes: diskusage, trafficMegabytes: bwusage }))

/** Custom fields go as a PHP array of texts by number. The lengths are bytes. */
export const phpArrayOf = (fields: Record<number, string>): string => {
  const entries = Object.entries(fields)
  const body = entries.map(([id, value]) => `i:${id};s:${Buffer.byteLength(value)}:"${value}";`).join('')
  return Buffer.from(`a:${entries.length}:{${body}}`).toString('base64')
}
