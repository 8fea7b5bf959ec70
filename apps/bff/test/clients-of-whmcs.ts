import type { Client, ClientService } from '@ostor-console/shared/clients'
import { type Whmcs, WhmcsError, type WhmcsNotes } from '../src/adapters/whmcs/whmcs.ts'

type Note = { noteId: number; clientId: number; userId: string; keyId: string; isRedacted: boolean }

export const aClient = (id: number, more: Partial<Client> = {}): Client => ({
  id,
  name: `Client ${String(id).padStart(5, '0')}`,
  company: '',
  email: `client-${id}@example.com`,
  status: 'active',
  currency: 'EUR',
  ...more,
})

export const aService = (status: string, product = 'S3 storage'): ClientService => ({
  id: 1,
  product,
  group: 'Storage',
  domain: '',
  status,
  nextDueDate: null,
})

const unused = async (): Promise<never> => {
  throw new Error('no test of this asks for it')
}

/** The port of WHMCS with clients in memory, for thousands of them and of questions. */
export const clientsOfWhmcs = (clients: Client[]) => {
  const byId = new Map(clients.map((client) => [client.id, client]))
  const notes: Note[] = []
  const calls: string[] = []
  const whmcs: Whmcs = {
    describe: async () => ({ adminName: 'Console', version: '9.0.1', permissions: [] }),
    async clients({ search = '', status, start, count }) {
      calls.push('clients')
      const begins = (text: string) => text.toLowerCase().startsWith(search.toLowerCase())
      const found = [...byId.values()].filter(
        (client) => [client.email, client.name, client.company].some(begins) && (!status || client.status === status),
      )
      return { total: found.length, items: found.slice(start, start + count) }
    },
    async client(by) {
      calls.push('client')
      const found = [...byId.values()].find((one) => ('id' in by ? one.id === by.id : one.email === by.email))
      if (!found) throw new WhmcsError('not-found', 'Client Not Found', false)
      return found
    },
    services: async () => [],
    addNote: unused,
    logActivity: unused,
    hasActivity: unused,
    setClientField: unused,
    setServiceUsage: unused,
    serviceUsage: unused,
    draftInvoice: unused,
    invoiceWith: unused,
    close: async () => undefined,
  }
  const kept: WhmcsNotes = {
    check: async () => null,
    find: unused,
    remove: unused,
    oldSecrets: async () => notes,
    async redact({ id, clientId, keyId }) {
      const at = notes.findIndex((one) => one.noteId === id && one.clientId === clientId && one.keyId === keyId)
      const note = notes[at]
      if (!note) return false
      notes[at] = { ...note, isRedacted: true }
      return true
    },
    close: async () => undefined,
  }
  return {
    whmcs,
    notes: kept,
    calls,
    addOldSecret: (note: Note) => void notes.push(note),
  }
}
