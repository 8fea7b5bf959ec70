import { ACTIONS } from '@ostor-console/shared/audit'
import { said } from '@ostor-console/shared/said'
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import * as z from 'zod'
import { addLink, linkRow } from './client-links.ts'
import { addMessages, type NewMessage } from './message-writing.ts'
import type { Schema } from './schema.ts'
import { whmcsFacts } from './whmcs-facts.ts'

type Tx = Kysely<Schema>
type Row = Insertable<Schema['audit']>
type Note = Selectable<Schema['whmcs_messages']>
/** A change that is done, and whom it was about. */
type Change = {
  cluster: string
  userId: string
  /** The key, or what the user was called. */
  target: string
  operationId: string
  actor: string
  at: Date
  /** What was known in the end. */
  after: Record<string, string>
}

const Fields = z.record(z.string(), z.string())
const fields = (text: string | null | undefined): Record<string, string> => (text ? Fields.parse(JSON.parse(text)) : {})

/**
 * Writes what WHMCS is to be told of the change that a row of the audit says is done, in the transaction of that row; so
 * nobody who learns that something is done has to think of it. Only the first such row of an operation tells anything.
 */
export const tellWhmcs = async (tx: Tx, row: Row, seq: bigint): Promise<void> => {
  const action = ACTIONS.find((name) => name === row.action)
  const messagesFor = action && row.outcome === 'done' ? TELLING[action] : undefined
  const { cluster_id: cluster, user_id: userId, operation_id: operationId } = row
  if (!messagesFor || !cluster || !userId || (await wasDone(tx, operationId, seq))) return
  const change: Change = {
    cluster,
    userId,
    target: row.target,
    operationId,
    actor: row.actor,
    at: new Date(row.at),
    after: fields(row.after),
  }
  if (action === 'user.create') await linkNew(tx, change)
  const isOff = (await whmcsFacts(tx)).mode === 'off'
  if (isOff && !TAKING_BACK.has(action)) return
  const messages = await messagesFor(tx, change)
  // What WHMCS was told before it was turned off is taken back, at the latest when it is on again.
  await addMessages(tx, isOff ? messages.filter(({ kind }) => kind === 'note.delete') : messages, change.at)
}

const TAKING_BACK: ReadonlySet<string | undefined> = new Set(['key.revoke', 'user.delete'])

const wasDone = async (tx: Tx, operationId: string, seq: bigint): Promise<boolean> => {
  const of = tx.selectFrom('audit').select('seq').where('operation_id', '=', operationId)
  return (await of.where('outcome', '=', 'done').where('seq', '<', seq).executeTakeFirst()) !== undefined
}

/** The client that a user was made for stands where the operation began. */
const linkNew = async (tx: Tx, { cluster, userId, operationId, target, actor, at }: Change): Promise<void> => {
  const of = tx.selectFrom('audit').select('after').where('operation_id', '=', operationId)
  const begun = await of.where('kind', '=', 'begin').executeTakeFirst()
  const clientId = Number(fields(begun?.after)['clientId'])
  if (!Number.isInteger(clientId) || (await linkRow(tx, cluster, userId))) return
  await addLink(tx, { cluster, userId, clientId, email: target, by: actor }, at)
}

type Telling = (tx: Tx, change: Change) => Promise<NewMessage[]>

/** Tells the client that the user belongs to; nobody, when there is none. */
const toClient =
  (messages: (change: Change) => readonly (Pick<NewMessage, 'text' | 'mark'> & Told)[]): Telling =>
  async (tx, change) => {
    const { cluster, userId, operationId } = change
    const link = await linkRow(tx, cluster, userId)
    if (!link) return []
    const about = { clientId: link.client_id, cluster, userId, operationId }
    return messages(change).map((message) => ({ ...about, ...message }))
  }
type Told = { kind: 'note.add' | 'activity.add'; keyId?: string }

/** What we wrote into the notes about the user, or about one key, goes again, whichever client has it. */
const takeBack = async (tx: Tx, change: Change, keyId?: string): Promise<NewMessage[]> => {
  const messages: NewMessage[] = []
  for (const note of await standing(tx, change, keyId)) messages.push(await removalOf(tx, note, change))
  return messages
}

const standing = (tx: Tx, { cluster, userId }: Change, keyId: string | undefined): Promise<Note[]> =>
  tx
    .selectFrom('whmcs_messages')
    .selectAll()
    .where('kind', '=', 'note.add')
    .where('cluster_id', '=', cluster)
    .where(sql<boolean>`lower(user_id) = ${userId.toLowerCase()}`)
    .$if(keyId !== undefined, (query) => query.where('key_id', '=', keyId ?? ''))
    // What was cancelled may have arrived all the same.
    .where((eb) => eb.or([eb('state', '<>', 'cancelled'), eb('may_have_arrived', '=', true)]))
    .where('marker', 'not in', (eb) =>
      eb
        .selectFrom('whmcs_messages as d')
        .select(sql<string>`d.marker`.as('marker'))
        .where('d.kind', '=', 'note.delete')
        .where('d.state', '<>', 'cancelled')
        .where('d.marker', 'is not', null),
    )
    .orderBy('message_no')
    .execute()

/** A note that was never sent need not be removed: then neither of the two is. */
const removalOf = async (tx: Tx, note: Note, { operationId, at }: Change): Promise<NewMessage> => {
  const reason = note.key_id === null ? UNTOLD_USER : UNTOLD_KEY
  const unsent = await tx
    .updateTable('whmcs_messages')
    .set({ state: 'cancelled', next_at: null, ended_at: at, decided_by: 'console', reason })
    .where('message_no', '=', note.message_no)
    .where('state', 'in', ['queued', 'blocked'])
    .where('may_have_arrived', '=', false)
    .returning('id')
    .executeTakeFirst()
  const day = at.toISOString().slice(0, 10)
  const [userId, keyId] = [note.user_id ?? '', note.key_id]
  return {
    kind: 'note.delete',
    clientId: note.client_id,
    marker: note.marker ?? '',
    cluster: note.cluster_id,
    userId,
    keyId,
    operationId,
    text:
      keyId === null
        ? `S3 user deleted on ${day}.\nS3 user: ${plain(userId)}`
        : `S3 access key revoked on ${day}.\nAccess key ID: ${plain(keyId)}   S3 user: ${plain(userId)}`,
    ...(unsent && { cancelled: reason }),
  }
}

const UNTOLD_KEY = said`The key was revoked before WHMCS was told of it`
const UNTOLD_USER = said`The user was deleted before WHMCS was told of them`

const noteOfKey = (userId: string, keyId: string) =>
  ({
    kind: 'note.add',
    mark: 'k',
    keyId,
    text: [
      'S3 access key created for this client.',
      `Access key ID: ${plain(keyId)}   S3 user: ${plain(userId)}`,
      'The secret key is not stored in WHMCS. Open the storage dashboard to manage keys.',
    ].join('\n'),
  }) as const

const state = (text: string) =>
  toClient(({ userId }) => [{ kind: 'activity.add', mark: 's', text: `S3 user ${plain(userId)} was ${text}.` }])

const keysIn = ({ keyId, keyIds }: Record<string, string>): string[] => [
  ...new Set([keyId ?? '', ...(keyIds ?? '').split(', ')].filter((id) => id !== '')),
]

/** A key that WHMCS was never told of is not spoken of when it goes either. */
const TELLING: Partial<Record<(typeof ACTIONS)[number], Telling>> = {
  'user.create': toClient(({ userId, target, after }) => [
    {
      kind: 'note.add',
      mark: 'u',
      text: `S3 user created for this client.\nS3 user: ${plain(userId)}   E-mail: ${plain(target)}`,
    },
    ...keysIn(after).map((keyId) => noteOfKey(userId, keyId)),
  ]),
  'user.delete': async (tx, change) => [...(await takeBack(tx, change)), ...(await state('deleted')(tx, change))],
  'user.enable': state('enabled'),
  'user.disable': state('disabled'),
  'key.create': toClient(({ userId, after }) =>
    keysIn({ keyId: after['keyId'] ?? '' }).map((id) => noteOfKey(userId, id)),
  ),
  'key.revoke': (tx, change) => takeBack(tx, change, change.target),
}

/** Nothing that could be taken for a marker, for markup or for a line of ours. */
const plain = (text: string): string => text.replaceAll(/[^ -~]/g, '?').replaceAll(/[[\]<>]/g, '?')
