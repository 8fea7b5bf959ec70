import { said } from '@ostor-console/shared/said'
import type { WhmcsMode } from '@ostor-console/shared/whmcs'
import type { Secret } from './adapters/gateway/secret.ts'
import type { ClientLinks } from './adapters/store/client-links.ts'
import { markerOf } from './adapters/store/markers.ts'
import type { Claimed } from './adapters/store/message-sending.ts'
import type { Payload } from './adapters/store/message-writing.ts'
import { type InvoiceLine, type Whmcs, WhmcsError, type WhmcsNotes } from './adapters/whmcs/whmcs.ts'

type Parts = {
  mode: WhmcsMode
  whmcs: Whmcs
  /** Where our own notes can be removed. */
  notes: WhmcsNotes | null
  /** The field of clients that holds the ids of their users. */
  linkFieldId: number | null
  links: Pick<ClientLinks, 'ofClients' | 'lose'>
  /** Only asked for in the mode `compat`; `null` when there is no such key any more. */
  secretOf: (key: { cluster: string; userId: string; keyId: string }) => Promise<Secret | null>
  now: () => Date
}

/** `unknown`: it may have arrived, nobody can find out, and sending it again could do harm. */
type Delivered =
  | { is: 'done'; noteId?: number }
  | { is: 'needless'; reason: string }
  | { is: 'unknown'; reason: string }

/** What failed beside WHMCS: its database, or the gateway. Nothing was sent. */
export class BesideWhmcs extends Error {
  override name = 'BesideWhmcs'
  readonly failure: 'database' | 'gateway'

  constructor(failure: 'database' | 'gateway', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.failure = failure
  }
}

export type Deliver = (message: Claimed) => Promise<Delivered>

/** Tells WHMCS one thing. Rejects with `WhmcsError`, or with `BesideWhmcs`. */
export const deliveryOf = ({ mode, whmcs, notes, linkFieldId, links, secretOf, now }: Parts): Deliver => {
  const add = async (clientId: number, text: string): Promise<Delivered> => ({
    is: 'done',
    noteId: await whmcs.addNote(clientId, text),
  })

  const found = async ({ clientId, marker }: Claimed): Promise<number[]> => {
    if (!notes || marker === null) return []
    return notes.find(clientId, marker).catch(besideAs('database'))
  }

  /** The three lines of the vendor's scripts, and our marker; the secret stays in here. */
  const withSecret = async (message: Claimed): Promise<string> => {
    const { cluster, userId, keyId, text, marker } = message
    if (mode !== 'compat' || cluster === null || userId === null || keyId === null) return text
    const secret = await secretOf({ cluster, userId, keyId }).catch(besideAs('gateway'))
    if (secret === null) return text
    return `UserId: ${userId}\nAWSAccessKeyId: ${keyId}\nAWSSecretAccessKey: ${secret.reveal()}\n${marker ?? ''}`
  }

  const addNote = async (message: Claimed): Promise<Delivered> => {
    const [noteId] = message.mayHaveArrived ? await found(message) : []
    if (noteId !== undefined) return { is: 'done', noteId }
    return add(message.clientId, await withSecret(message))
  }

  const removeNote = async (message: Claimed): Promise<Delivered> => {
    const { id, clientId, marker, keyId, text } = message
    const isRemovable = notes !== null && (await notes.check().catch(besideAs('database'))) === null
    if (!notes || !isRemovable || marker === null) return add(clientId, `${text}\n${markerOf(keyId ? 'k' : 'u', id)}`)
    // Each repeat of the note bears the same marker.
    for (const noteId of await found(message))
      await notes.remove({ id: noteId, clientId, marker }).catch(besideAs('database'))
    return { is: 'done' }
  }

  const addActivity = async ({ clientId, text, marker, mayHaveArrived }: Claimed): Promise<Delivered> => {
    const isThere = mayHaveArrived && marker !== null && (await whmcs.hasActivity(clientId, marker))
    if (!isThere) await whmcs.logActivity(clientId, text)
    return { is: 'done' }
  }

  const setLink = async ({ clientId }: Claimed): Promise<Delivered> => {
    if (linkFieldId === null) return { is: 'needless', reason: said`WHMCS_LINK_FIELD_ID is not set` }
    const ids = (await links.ofClients([clientId])).map(({ userId }) => userId)
    await whmcs.setClientField(clientId, linkFieldId, ids.join(', '))
    return { is: 'done' }
  }

  /** A second invoice would be charged twice, so after a lost reply it is only looked for. */
  const draftInvoice = async (message: Claimed, lines: InvoiceLine[]): Promise<Delivered> => {
    const { clientId, text, marker, mayHaveArrived } = message
    if (!mayHaveArrived) return { is: 'done', noteId: await whmcs.draftInvoice(clientId, { notes: text, lines }) }
    const there = marker === null ? null : await whmcs.invoiceWith(clientId, marker)
    return there === null ? { is: 'unknown', reason: NO_INVOICE } : { is: 'done', noteId: there }
  }

  /** Told late, after WHMCS has billed the month and begun anew, the same figures would be billed again. */
  const setUsage = async (
    { clientId, mayHaveArrived }: Claimed,
    { serviceId, diskMegabytes, trafficMegabytes }: Extract<Payload, { kind: 'usage.set' }>,
  ): Promise<Delivered> => {
    if (!mayHaveArrived) {
      await whmcs.setServiceUsage(serviceId, { diskMegabytes, trafficMegabytes })
      return { is: 'done' }
    }
    const there = await whmcs.serviceUsage(clientId, serviceId)
    const isThere = there?.diskMegabytes === diskMegabytes && there.trafficMegabytes === trafficMegabytes
    return isThere ? { is: 'done' } : { is: 'unknown', reason: OTHER_USAGE }
  }

  const senders = { 'note.add': addNote, 'note.delete': removeNote, 'activity.add': addActivity, 'link.set': setLink }

  const deliver: Deliver = (message) => {
    const { payload } = message
    if (payload.kind === 'usage.set') return setUsage(message, payload)
    if (payload.kind === 'invoice.draft') return draftInvoice(message, payload.lines)
    return senders[payload.kind](message)
  }

  return async (message) => {
    try {
      return await deliver(message)
    } catch (error) {
      const isGone = error instanceof WhmcsError && error.kind === 'not-found' && message.kind !== 'usage.set'
      if (isGone) await links.lose(message.clientId, now())
      throw error
    }
  }
}

const NO_INVOICE = said`The answer was lost, and WHMCS shows no such invoice: look there, because a second one would be charged twice`

const OTHER_USAGE = said`The answer was lost, and the service has other figures at WHMCS: look there whether it has billed the month since`

const besideAs =
  (failure: 'database' | 'gateway') =>
  (error: unknown): never => {
    throw new BesideWhmcs(failure, error)
  }
