import type { ClientStatus } from '@ostor-console/shared/clients'
import type { MessageKind, MessageState } from '@ostor-console/shared/messages'
import type { Generated } from 'kysely'
import type { WhmcsFailure } from '../whmcs/whmcs.ts'

/** Which client of WHMCS an S3 user belongs to. */
type ClientLinksTable = {
  cluster_id: string
  user_id: string
  client_id: number
  /** As the user was called then. */
  linked_email: string
  linked_at: Date
  linked_by: string
}

/** Clients as WHMCS told them last. */
type WhmcsClientsTable = {
  client_id: number
  name: string
  company: string
  email: string
  status: ClientStatus
  currency: string | null
  seen_at: Date
  /** When WHMCS first did not know it any more. */
  gone_at: Date | null
}

/** Of clients that have users, what the last comparison learned beside the above. */
type ClientStandingsTable = {
  client_id: number
  /** As WHMCS called it when it was first compared since its users were linked. */
  email: string
  /** What of its services is suspended or ended, as a person would say it. */
  services: string | null
}

/** What WHMCS is to be told; it holds no secret. */
type WhmcsMessagesTable = {
  /** The order in which a client's messages go. */
  message_no: Generated<bigint>
  id: string
  client_id: number
  kind: MessageKind
  marker: string | null
  cluster_id: string | null
  user_id: string | null
  key_id: string | null
  /** That brought it about. */
  operation_id: string | null
  body: string
  /** What its kind needs besides, as JSON. */
  payload: string | null
  state: MessageState
  attempts: number
  /** Not before; `null` for what is not to be sent. */
  next_at: Date | null
  /** An answer was lost, so WHMCS may have it. */
  may_have_arrived: boolean
  /** Who sends it, and since when. */
  holder: string | null
  sending_since: Date | null
  /** What WHMCS answered as the number of the note or invoice. */
  note_id: bigint | null
  /** Why it last failed. */
  failure: MessageFailure | null
  last_error: string | null
  created_at: Date
  ended_at: Date | null
  decided_by: string | null
  reason: string | null
}

/** `database`: that of WHMCS; `gateway`: what only it knows could not be read; `fault`: something failed on our side. */
export type MessageFailure = WhmcsFailure | 'database' | 'gateway' | 'fault'

/** From when until when a user belonged to a client; `until` is `null` while it does. */
type ClientLinkSpansTable = { cluster_id: string; user_id: string; client_id: number; since: Date; until: Date | null }

export type WhmcsTables = {
  client_links: ClientLinksTable
  client_link_spans: ClientLinkSpansTable
  whmcs_clients: WhmcsClientsTable
  client_standings: ClientStandingsTable
  whmcs_messages: WhmcsMessagesTable
}
