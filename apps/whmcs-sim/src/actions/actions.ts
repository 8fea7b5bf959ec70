import type { Action } from './action.ts'
import { getClients, getClientsDetails, updateClient } from './clients.ts'
import { addBillableItem, createInvoice, getInvoices } from './invoices.ts'
import { addClientNote, getActivityLog, getAdminDetails, logActivity, whmcsDetails } from './records.ts'
import { getClientsProducts, updateClientProduct } from './services.ts'

/** By the name of the action in small letters, as the case does not count. */
export const actions = new Map<string, Action>([
  ['getadmindetails', getAdminDetails],
  ['whmcsdetails', whmcsDetails],
  ['getclients', getClients],
  ['getclientsdetails', getClientsDetails],
  ['getclientsproducts', getClientsProducts],
  ['addclientnote', addClientNote],
  ['logactivity', logActivity],
  ['getactivitylog', getActivityLog],
  ['updateclient', updateClient],
  ['updateclientproduct', updateClientProduct],
  ['createinvoice', createInvoice],
  ['getinvoices', getInvoices],
  ['addbillableitem', addBillableItem],
])
