import { type Whmcs, WhmcsError, type WhmcsFailure, type WhmcsNotes } from '../src/adapters/whmcs/whmcs.ts'

type Fault = WhmcsFailure | 'lost-reply' | null
export type Noted = { id: number; clientId: number; text: string }

const fine = (): Fault => null

/** WHMCS in memory, which fails as it is told. `takes` is called at each call, so that a test's clock can go on. */
export const stubWhmcs = ({ takes = () => {} }: { takes?: () => void } = {}) => {
  const notes: Noted[] = []
  const activity: Noted[] = []
  const invoices: Noted[] = []
  const calls: string[] = []
  let fault: (action: string, clientId: number) => Fault = fine
  let id = 0

  const call = async <T>(action: string, clientId: number, work: () => T): Promise<T> => {
    calls.push(action)
    takes()
    const is = fault(action, clientId)
    const before = is !== null && is !== 'lost-reply'
    if (before) throw new WhmcsError(is, `WHMCS ${action}: ${is}`, is === 'timeout' || is === 'bad-answer')
    const answer = work()
    if (is === 'lost-reply') throw new WhmcsError('timeout', `WHMCS ${action}: no answer`, true)
    return answer
  }
  const put = (into: Noted[], clientId: number, text: string) => {
    id += 1
    into.push({ id, clientId, text })
    return id
  }
  const has = (list: Noted[], clientId: number, text: string) =>
    list.find((each) => each.clientId === clientId && each.text.includes(text))

  const whmcs: Whmcs = {
    describe: () => call('describe', 0, () => ({ adminName: 'Console', version: '9.0.1', permissions: [] })),
    clients: () => call('clients', 0, () => ({ total: 0, items: [] })),
    client: () => Promise.reject(new WhmcsError('not-found', 'Client Not Found', false)),
    services: () => call('services', 0, () => []),
    addNote: (clientId, text) => call('addNote', clientId, () => put(notes, clientId, text)),
    logActivity: (clientId, text) => call('logActivity', clientId, () => void put(activity, clientId, text)),
    hasActivity: (clientId, text) => call('hasActivity', clientId, () => has(activity, clientId, text) !== undefined),
    setClientField: (clientId) => call('setClientField', clientId, () => undefined),
    serviceUsage: () => call('serviceUsage', 0, () => null),
    setServiceUsage: () => call('setServiceUsage', 0, () => undefined),
    draftInvoice: (clientId, invoice) => call('draftInvoice', clientId, () => put(invoices, clientId, invoice.notes)),
    invoiceWith: (clientId, text) => call('invoiceWith', clientId, () => has(invoices, clientId, text)?.id ?? null),
    close: async () => {},
  }

  const database: WhmcsNotes = {
    check: async () => null,
    find: async (clientId, marker) =>
      notes.filter((note) => note.clientId === clientId && note.text.includes(marker)).map((note) => note.id),
    remove: async (gone) => {
      const at = notes.findIndex(
        (note) => note.id === gone.id && note.clientId === gone.clientId && note.text.includes(gone.marker),
      )
      if (at >= 0) notes.splice(at, 1)
      return at >= 0
    },
    oldSecrets: async () => [],
    redact: async () => false,
    close: async () => {},
  }

  return {
    whmcs,
    database,
    notes,
    activity,
    invoices,
    calls,
    /** What each call comes to from now on. */
    fail: (say: (action: string, clientId: number) => Fault) => {
      fault = say
    },
  }
}
