import * as z from 'zod'
import { withoutWhmcs } from '../../../apps/bff/src/whmcs-open.ts'
import type { bulkDesk } from '../../../apps/bff/test/bulk-desk.ts'
import { aClient, clientsOfWhmcs } from '../../../apps/bff/test/clients-of-whmcs.ts'

export const CLIENTS = 3
/** Numbers up to this one are what requests mostly name. */
const USUAL = 12

/** Clients, and notes with the secrets of keys that nobody has any more, whichever client a request names. */
export const fuzzedWhmcs = () => {
  const { whmcs: api, notes, addOldSecret } = clientsOfWhmcs(Array.from({ length: CLIENTS }, (_, n) => aClient(n + 1)))
  for (let noteId = 1; noteId <= CLIENTS; noteId += 1)
    for (let clientId = 1; clientId <= USUAL; clientId += 1)
      addOldSecret({ noteId, clientId, userId: '00000000000000ff', keyId: 'none', isRedacted: false })
  const adminUrl = 'https://billing.example.com/admin'
  return { ...withoutWhmcs(() => new Date()), mode: 'database' as const, api, notes, adminUrl }
}

type World = Pick<Awaited<ReturnType<typeof bulkDesk>>, 'admin' | 'store'>

const Listed = z.object({ items: z.array(z.object({ id: z.string() })) })

/** Links a user to a client, and leaves messages of which nobody knows whether they arrived; answers the queue as text. */
export const tellClient = async ({ admin, store }: World, userId: string): Promise<string> => {
  await admin('POST', '/api/v1/clients/1/links', { cluster: 'demo', userId })
  const { body } = await admin('GET', '/api/v1/whmcs/queue?show=undelivered')
  const lost = Listed.parse(JSON.parse(body)).items.filter((_, index) => index % 2 === 0)
  if (lost.length === 0) return body
  await store.db
    .updateTable('whmcs_messages')
    .set({ state: 'unknown' })
    .where(
      'id',
      'in',
      lost.map(({ id }) => id),
    )
    .where('state', '=', 'queued')
    .execute()
  return body
}
