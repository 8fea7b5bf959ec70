import { intOf, isTrue } from '../php.ts'
import { type Action, ApiError, type Parameters, pageOf, wrapped } from './action.ts'
import { requireClient } from './clients.ts'

export type InvoiceRow = {
  id: number
  userid: number
  status: string
  notes: string
  total: string
  items: string
  created: string
}
type Item = { description: string; amount: string; taxed: boolean }

const itemsOf = (parameters: Parameters): Item[] =>
  Object.keys(parameters)
    .flatMap((name) => /^itemdescription(\d+)$/.exec(name)?.[1] ?? [])
    .toSorted((a, b) => Number(a) - Number(b))
    .map((number) => ({
      description: parameters[`itemdescription${number}`] ?? '',
      amount: parameters[`itemamount${number}`] ?? '0',
      taxed: isTrue(parameters[`itemtaxed${number}`]),
    }))

export const createInvoice: Action = async (asked) => {
  const { userid, status = 'Unpaid', draft, notes = '' } = asked.parameters
  await requireClient(asked, intOf(userid), 'Client ID Not Found')
  const items = itemsOf(asked.parameters)
  const cents = items.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
  const is = isTrue(draft) ? 'Draft' : status
  const id = await asked.database.insert(
    'INSERT INTO sim_invoices (userid, status, notes, total, items, created) VALUES (?, ?, ?, ?, ?, NOW())',
    [intOf(userid), is, notes, (cents / 100).toFixed(2), JSON.stringify(items)],
  )
  return { invoiceid: String(id), status: is }
}

export const getInvoices: Action = async ({ database, settings, parameters }) => {
  const { userid, status = '', order = 'asc' } = parameters
  const { start, count } = pageOf(parameters)
  const rows = await database.rows<InvoiceRow>(
    `SELECT * FROM sim_invoices WHERE (? = 0 OR userid = ?) AND (? = '' OR status = ?)
     ORDER BY id ${order.toLowerCase() === 'desc' ? 'DESC' : 'ASC'}`,
    [intOf(userid), intOf(userid), status, status],
  )
  const items = rows.slice(start, start + count).map(({ id, userid: client, status: is, notes, total, created }) => ({
    id,
    userid: client,
    invoicenum: '',
    date: created.slice(0, 10),
    duedate: created.slice(0, 10),
    datepaid: '0000-00-00 00:00:00',
    subtotal: total,
    credit: '0.00',
    tax: '0.00',
    total,
    status: is,
    paymentmethod: 'banktransfer',
    notes,
  }))
  return {
    totalresults: rows.length,
    startnumber: start,
    numreturned: items.length,
    invoices: wrapped(settings, 'invoice', items),
  }
}

export const addBillableItem: Action = async (asked) => {
  const { clientid, description = '', amount = '', invoiceaction, duedate = '' } = asked.parameters
  await requireClient(asked, intOf(clientid), 'Client ID not Found')
  if (description === '') throw new ApiError('You must provide a description')
  if (invoiceaction === 'duedate' && duedate === '') throw new ApiError('Due date is required')
  const id = await asked.database.insert('INSERT INTO sim_billable (userid, description, amount) VALUES (?, ?, ?)', [
    intOf(clientid),
    description,
    amount,
  ])
  return { billableid: id }
}
