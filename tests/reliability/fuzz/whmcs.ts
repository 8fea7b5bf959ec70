import { onTestFinished } from 'vitest'
import * as z from 'zod'
import type { WhmcsConfig } from '../../../apps/bff/src/config-whmcs.ts'
import { openWhmcs } from '../../../apps/bff/src/whmcs-open.ts'
import type { bulkDesk } from '../../../apps/bff/test/bulk-desk.ts'
import { installProcedures } from '../../../apps/bff/test/whmcs-procedures.ts'
import { apiOf, mariadbUrl, startFakeWhmcs } from '../../../apps/bff/test/whmcs-world.ts'

const CLIENTS = 3
const OLD_SECRET = 'canary/of+a+note+of+the+seed'
const OLD_KEY = '00000000000000ffAAAA'
const OLD_NOTE = `UserId: 00000000000000ff\nAWSAccessKeyId: ${OLD_KEY}\nAWSSecretAccessKey: ${OLD_SECRET}`

/** What was found so far for the request that is being made. */
type Context = Record<string, string>

/** A simulated WHMCS with a few clients, each with a note that holds the secret of a key nobody has any more. */
export const fuzzedWhmcs = async () => {
  const fake = await startFakeWhmcs({ clients: CLIENTS })
  const database = await installProcedures(mariadbUrl(), fake.database, { withOldSecrets: true })
  const config: WhmcsConfig = {
    mode: 'database',
    api: apiOf(fake),
    database,
    addon: null,
    adminUrl: 'https://billing.example.com/admin',
    linkFieldId: 1,
    syncIntervalMs: 3_600_000,
    usagePush: 'none',
  }
  const whmcs = openWhmcs(config, { log: { warn: () => {} }, now: () => new Date() })
  onTestFinished(async () => void (await Promise.all([whmcs.api?.close(), whmcs.notes?.close()])))
  /** The number of the client of each note. */
  const clientOf = new Map<string, string>()
  const addNote = async (userid: number): Promise<void> => {
    clientOf.set(String(await fake.control.addNote({ userid, note: OLD_NOTE })), String(userid))
  }
  for (let userid = 1; userid <= CLIENTS; userid += 1) await addNote(userid)

  /** Where a secret was struck out there is a new note with one. */
  const renewNotes = async (): Promise<void> => {
    for (const { id, userid, note } of await fake.control.notes()) {
      if (note === OLD_NOTE) continue
      await fake.control.removeNote({ id })
      clientOf.delete(String(id))
      await addNote(userid)
    }
  }

  return {
    whmcs,
    secrets: [fake.secret, database.password.reveal(), OLD_SECRET],
    renewNotes,
    finders: {
      clientId: (pick: number, { noteId = '' }: Context) => clientOf.get(noteId) ?? String(1 + (pick % CLIENTS)),
      noteId: (pick: number) => [...clientOf.keys()][pick % CLIENTS] ?? 'none',
    },
    oldKeyId: OLD_KEY,
  }
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
