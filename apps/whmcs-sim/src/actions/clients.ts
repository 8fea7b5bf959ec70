import { intOf, isTrue, unserialized } from '../php.ts'
import { type Action, ApiError, type Asked, pageOf, wrapped } from './action.ts'

export type ClientRow = {
  id: number
  uuid: string
  firstname: string
  lastname: string
  companyname: string
  email: string
  status: string
  currency: number
  datecreated: string
}

const CURRENCIES = ['USD', 'EUR', 'GBP']
const ORDER = ['id', 'firstname', 'lastname', 'companyname', 'email', 'datecreated', 'status']
const likeStart = (text: string): string => `${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

export const getClients: Action = async ({ database, settings, parameters }) => {
  const { search = '', status = '', sorting = 'ASC', orderby = 'id' } = parameters
  const conditions: string[] = []
  const values: string[] = []
  if (search !== '') {
    const fields = ['email', 'firstname', 'lastname', "CONCAT(firstname, ' ', lastname)", 'companyname']
    conditions.push(`(${fields.map((field) => `${field} LIKE ?`).join(' OR ')})`)
    values.push(...fields.map(() => likeStart(search)))
  }
  if (status !== '') {
    conditions.push('status = ?')
    values.push(status)
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const order = `${ORDER.includes(orderby) ? orderby : 'id'} ${sorting.toUpperCase() === 'DESC' ? 'DESC' : 'ASC'}, id`
  const { start, count } = pageOf(parameters)
  const [total] = await database.rows<{ total: number }>(`SELECT COUNT(*) AS total FROM sim_clients ${where}`, values)
  const rows = await database.rows<ClientRow>(
    `SELECT * FROM sim_clients ${where} ORDER BY ${order} LIMIT ${start}, ${count}`,
    values,
  )
  const items = rows.map(({ id, firstname, lastname, companyname, email, datecreated, status: is }) => ({
    id,
    firstname,
    lastname,
    companyname,
    email,
    datecreated,
    groupid: 0,
    status: is,
  }))
  return {
    totalresults: total?.total ?? 0,
    startnumber: start,
    numreturned: items.length,
    clients: wrapped(settings, 'client', items),
  }
}

const clientBy = async ({ database, parameters: { clientid = '', email = '' } }: Asked): Promise<ClientRow> => {
  if (clientid === '' && email === '') throw new ApiError('Either clientid Or email Is Required')
  const [client] =
    clientid === ''
      ? await database.rows<ClientRow>('SELECT * FROM sim_clients WHERE email = ?', [email])
      : await database.rows<ClientRow>('SELECT * FROM sim_clients WHERE id = ?', [intOf(clientid)])
  if (!client) throw new ApiError('Client Not Found')
  return client
}

export const getClientsDetails: Action = async (asked) => {
  const row = await clientBy(asked)
  const fields = await asked.database.rows<{ id: number; value: string }>(
    'SELECT fieldid AS id, value FROM sim_fields WHERE userid = ? ORDER BY fieldid',
    [row.id],
  )
  const client = {
    client_id: row.id,
    owner_user_id: row.id,
    userid: row.id,
    id: row.id,
    uuid: row.uuid,
    firstname: row.firstname,
    lastname: row.lastname,
    fullname: `${row.firstname} ${row.lastname}`,
    companyname: row.companyname,
    email: row.email,
    countrycode: 'GB',
    currency: row.currency,
    currency_code: CURRENCIES[row.currency - 1] ?? 'USD',
    groupid: 0,
    status: row.status,
    credit: '0.00',
    notes: '',
    lastlogin: 'Date: 03/10/2016 10:26<br>IP Address:<br>Host:',
    customfields: fields.map(({ id, value }) => ({ id, value })),
    users: { user: [{ id: row.id, name: `${row.firstname} ${row.lastname}`, email: row.email, is_owner: true }] },
  }
  // The fields come at the top level too, which is deprecated.
  if (!isTrue(asked.parameters['stats'])) return { ...client, client }
  return { ...client, client, stats: { numdueinvoices: 0, dueinvoicesbalance: '$0.00 USD', productsnumtotal: 0 } }
}

export const updateClient: Action = async (asked) => {
  const { database, parameters } = asked
  const { clientid = '', clientemail = '', customfields } = parameters
  const by = clientid === '' ? { email: clientemail } : { clientid }
  const { id } = await clientBy({ ...asked, parameters: by }).catch(() => {
    throw new ApiError('Client ID Not Found')
  })
  for (const name of ['firstname', 'lastname', 'companyname', 'email', 'status']) {
    const value = parameters[name]
    if (value === undefined) continue
    if (name === 'email' && !value.includes('@')) throw new ApiError('The email address entered is not valid')
    await database.change(`UPDATE sim_clients SET ${name} = ? WHERE id = ?`, [value, id])
  }
  for (const [field, value] of unserialized(customfields ?? '') ?? []) {
    await database.change('REPLACE INTO sim_fields (userid, fieldid, value) VALUES (?, ?, ?)', [id, field, value])
  }
  return { clientid: String(id) }
}

/** Throws the message that belongs to the call when there is no such client. */
export const requireClient = async ({ database }: Asked, id: number, message: string): Promise<void> => {
  const [client] = await database.rows('SELECT id FROM sim_clients WHERE id = ?', [id])
  if (!client) throw new ApiError(message)
}
