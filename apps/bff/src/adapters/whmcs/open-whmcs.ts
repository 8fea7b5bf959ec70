import type { WhmcsApi } from './client.ts'
import { type Whmcs, WhmcsError } from './whmcs.ts'

const notYet = async (): Promise<never> => {
  throw new WhmcsError('transport', 'This call is not built yet', false)
}

/** Calls to the external API of one WHMCS. */
export const whmcsOf = (_api: WhmcsApi): Whmcs => ({
  describe: notYet,
  clients: notYet,
  client: notYet,
  services: notYet,
  addNote: notYet,
  logActivity: notYet,
  hasActivity: notYet,
  setClientField: notYet,
  setServiceUsage: notYet,
  draftInvoice: notYet,
  invoiceWith: notYet,
  close: async () => {},
})
