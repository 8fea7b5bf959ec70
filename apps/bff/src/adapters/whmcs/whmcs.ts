import type { Client, ClientService } from '@ostor-console/shared/clients'

export type WhmcsFailure =
  | 'transport'
  | 'timeout'
  | 'bad-answer'
  | 'wrong-credentials'
  | 'address-refused'
  | 'action-refused'
  | 'not-found'
  | 'refused'

/** `outcomeUnknown` is false only when WHMCS answered with an error or was never reached: then nothing was done. */
export class WhmcsError extends Error {
  override name = 'WhmcsError'
  readonly kind: WhmcsFailure
  readonly outcomeUnknown: boolean

  constructor(kind: WhmcsFailure, message: string, outcomeUnknown: boolean, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.outcomeUnknown = outcomeUnknown
  }
}

/** In megabytes of 2^20 bytes. */
type ServiceUsage = { diskMegabytes: number; trafficMegabytes: number }
export type InvoiceLine = { description: string /** Decimal, such as `5.12`. */; amount: string }

/** The external API of WHMCS (https://developers.whmcs.com/api), as far as the console asks for it. All reject with `WhmcsError`. */
export type Whmcs = {
  /** Who the credential is, and what it allows (GetAdminDetails, WhmcsDetails). */
  describe(): Promise<{ adminName: string; version: string | null; permissions: string[] }>
  /** GetClients: `search` matches the start of e-mail, first, last, full and company name. */
  clients(query: {
    search?: string
    status?: 'active' | 'inactive' | 'closed'
    start: number
    count: number
  }): Promise<{ total: number; items: Client[] }>
  /** GetClientsDetails, by number or by e-mail. */
  client(by: { id: number } | { email: string }): Promise<Client>
  /** GetClientsProducts, all pages, without the passwords that WHMCS answers. */
  services(clientId: number): Promise<ClientService[]>
  /** AddClientNote; resolves to the number of the note. Not repeatable. */
  addNote(clientId: number, text: string): Promise<number>
  /** LogActivity. Not repeatable. */
  logActivity(clientId: number, text: string): Promise<void>
  /** GetActivityLog: whether an entry of the client holds the text. */
  hasActivity(clientId: number, text: string): Promise<boolean>
  /** UpdateClient: sets one custom field. */
  setClientField(clientId: number, fieldId: number, value: string): Promise<void>
  /** UpdateClientProduct: sets both figures of a service. */
  setServiceUsage(serviceId: number, usage: ServiceUsage): Promise<void>
  /** GetClientsProducts: both figures as they are there; `null` when the client has no such service. */
  serviceUsage(clientId: number, serviceId: number): Promise<ServiceUsage | null>
  /** CreateInvoice as a draft; resolves to the number of the invoice. Not repeatable. */
  draftInvoice(clientId: number, invoice: { notes: string; lines: InvoiceLine[] }): Promise<number>
  /** GetInvoices: the invoice of the client whose notes hold the text; `null` when there is none. */
  invoiceWith(clientId: number, text: string): Promise<number | null>
  close(): Promise<void>
}

/** Our own notes in the database of WHMCS, through stored procedures. All reject with `WhmcsError`. */
export type WhmcsNotes = {
  /** Whether `tblnotes` is still as the procedures expect it; what differs, in one sentence, or `null`. */
  check(): Promise<string | null>
  find(clientId: number, marker: string): Promise<number[]>
  /** Whether a note went: only the one with this number, of this client, that holds the marker. */
  remove(note: { id: number; clientId: number; marker: string }): Promise<boolean>
  /** Notes in the form of the vendor's scripts, without their secret; `null` when the procedures for it are not there. */
  oldSecrets(): Promise<
    { noteId: number; clientId: number; userId: string; keyId: string; isRedacted: boolean }[] | null
  >
  /** Strikes the secret out of such a note; whether it did. */
  redact(note: { id: number; clientId: number; keyId: string }): Promise<boolean>
  close(): Promise<void>
}
