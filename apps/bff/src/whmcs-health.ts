import { said } from '@ostor-console/shared/said'
import type { WhmcsState, WhmcsStatus } from '@ostor-console/shared/whmcs'
import { type Whmcs, WhmcsError, type WhmcsNotes } from './adapters/whmcs/whmcs.ts'

type Health = Pick<
  WhmcsStatus,
  'state' | 'detail' | 'since' | 'checkedAt' | 'version' | 'adminName' | 'actions' | 'database'
>
type Database = NonNullable<WhmcsStatus['database']>
type Parts = {
  isOff: boolean
  /** What the settings ask of WHMCS besides clients and notes. */
  needs: { linkField: boolean; usage: boolean; database: boolean }
  now: () => Date
}

export type WhmcsHealth = ReturnType<typeof createWhmcsHealth>

/** Learns from what is asked of WHMCS anyway how the console and WHMCS get on. */
export const createWhmcsHealth = ({ isOff, needs, now }: Parts) => {
  const actions = new Map(
    [...NEEDED, ...(needs.linkField ? LINK : []), ...(needs.usage ? USAGE : [])].map((action) => [
      action,
      { action, isNeeded: true, isAllowed: null as boolean | null },
    ]),
  )
  let known: Pick<Health, 'state' | 'detail' | 'since' | 'version' | 'adminName'> = {
    state: isOff ? 'off' : 'untried',
    detail: null,
    since: now().toISOString(),
    version: null,
    adminName: null,
  }
  let checkedAt: string | null = null
  let database: Database | null = needs.database ? { state: 'untried', detail: null } : null

  const become = (state: WhmcsState, detail: string | null): void => {
    checkedAt = now().toISOString()
    known = { ...known, detail, ...(state !== known.state && { state, since: checkedAt }) }
  }

  const allow = (action: string, isAllowed: boolean): void => {
    const { isNeeded = false } = actions.get(action) ?? {}
    actions.set(action, { action, isNeeded, isAllowed })
  }

  const ask = async <T>(action: string, call: () => Promise<T>): Promise<T> => {
    try {
      const answer = await call()
      allow(action, true)
      become('ok', null)
      return answer
    } catch (error) {
      if (error instanceof WhmcsError) {
        if (error.kind === 'action-refused') allow(action, false)
        const state = STATES[error.kind]
        become(state, state === 'ok' ? null : error.message)
      }
      throw error
    }
  }

  const askDatabase = async <T>(call: () => Promise<T>, judge: (answer: T) => Database): Promise<T> => {
    try {
      const answer = await call()
      database = judge(answer)
      return answer
    } catch (error) {
      const isRefused = error instanceof WhmcsError && STATES[error.kind] !== 'unreachable'
      database = { state: isRefused ? 'refused' : 'unreachable', detail: error instanceof Error ? error.message : null }
      throw error
    }
  }

  return {
    read(): Health {
      const refused = [...actions.values()].find(({ isNeeded, isAllowed }) => isNeeded && isAllowed === false)
      const state = known.state === 'ok' && refused ? 'action-refused' : known.state
      const detail =
        known.state === 'ok' && refused ? said`The credential may not ask for ${refused.action}` : known.detail
      return { ...known, state, detail, checkedAt, actions: [...actions.values()], database }
    },

    /** The same, watched. */
    watch: (whmcs: Whmcs): Whmcs => ({
      async describe() {
        const found = await ask('GetAdminDetails', () => whmcs.describe())
        known = { ...known, version: found.version, adminName: found.adminName }
        for (const name of actions.keys()) if (found.permissions.includes(name)) allow(name, true)
        return found
      },
      clients: (query) => ask('GetClients', () => whmcs.clients(query)),
      client: (by) => ask('GetClientsDetails', () => whmcs.client(by)),
      services: (clientId) => ask('GetClientsProducts', () => whmcs.services(clientId)),
      addNote: (clientId, text) => ask('AddClientNote', () => whmcs.addNote(clientId, text)),
      logActivity: (clientId, text) => ask('LogActivity', () => whmcs.logActivity(clientId, text)),
      hasActivity: (clientId, text) => ask('GetActivityLog', () => whmcs.hasActivity(clientId, text)),
      setClientField: (clientId, fieldId, value) =>
        ask('UpdateClient', () => whmcs.setClientField(clientId, fieldId, value)),
      setServiceUsage: (serviceId, figures) =>
        ask('UpdateClientProduct', () => whmcs.setServiceUsage(serviceId, figures)),
      serviceUsage: (clientId, serviceId) => ask('GetClientsProducts', () => whmcs.serviceUsage(clientId, serviceId)),
      draftInvoice: (clientId, invoice) => ask('CreateInvoice', () => whmcs.draftInvoice(clientId, invoice)),
      invoiceWith: (clientId, text) => ask('GetInvoices', () => whmcs.invoiceWith(clientId, text)),
      close: () => whmcs.close(),
    }),

    watchNotes: (notes: WhmcsNotes): WhmcsNotes => ({
      ...notes,
      check: () =>
        askDatabase(
          () => notes.check(),
          (detail) => ({ state: detail === null ? 'ok' : 'changed', detail }),
        ),
    }),
  }
}

const NEEDED = [
  'GetAdminDetails',
  'GetClients',
  'GetClientsDetails',
  'GetClientsProducts',
  'AddClientNote',
  'LogActivity',
  'GetActivityLog',
]
const LINK = ['UpdateClient']
const USAGE = ['UpdateClientProduct']

const STATES: Record<WhmcsError['kind'], WhmcsState> = {
  transport: 'unreachable',
  timeout: 'unreachable',
  'bad-answer': 'bad-answer',
  'wrong-credentials': 'wrong-credentials',
  'address-refused': 'address-refused',
  'action-refused': 'action-refused',
  'not-found': 'ok',
  refused: 'ok',
}
