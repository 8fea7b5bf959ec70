import { intOf } from '../php.ts'
import { type Action, ApiError, pageOf, wrapped } from './action.ts'

export type ServiceRow = {
  id: number
  userid: number
  name: string
  groupname: string
  domain: string
  status: string
  nextduedate: string
  diskusage: number
  bwusage: number
  lastupdate: string
}

export const getClientsProducts: Action = async ({ database, settings, parameters }) => {
  const { clientid, serviceid } = parameters
  const { start, count } = pageOf(parameters)
  const rows = await database.rows<ServiceRow>(
    'SELECT * FROM sim_services WHERE (? = 0 OR userid = ?) AND (? = 0 OR id = ?) ORDER BY id',
    [intOf(clientid), intOf(clientid), intOf(serviceid), intOf(serviceid)],
  )
  const items = rows.slice(start, start + count).map((row) => ({
    id: String(row.id),
    qty: '1',
    clientid: String(row.userid),
    pid: '3',
    regdate: '2015-05-20',
    name: row.name,
    groupname: row.groupname,
    domain: row.domain,
    serverid: '2',
    servername: 'Pluto',
    recurringamount: '24.95',
    billingcycle: 'Monthly',
    nextduedate: row.nextduedate,
    status: row.status,
    username: `service${row.id}`,
    password: `password-of-service-${row.id}`,
    notes: '',
    diskusage: String(row.diskusage),
    disklimit: '0',
    bwusage: String(row.bwusage),
    bwlimit: '0',
    lastupdate: row.lastupdate,
    customfields: { customfield: [] },
    configoptions: { configoption: [] },
  }))
  return {
    clientid: clientid ?? null,
    serviceid: serviceid ?? null,
    totalresults: String(rows.length),
    startnumber: start,
    numreturned: items.length,
    products: wrapped(settings, 'product', items),
  }
}

export const updateClientProduct: Action = async ({ database, parameters }) => {
  const id = intOf(parameters['serviceid'])
  const [service] = await database.rows('SELECT id FROM sim_services WHERE id = ?', [id])
  if (!service) throw new ApiError('Service ID Not Found')
  for (const name of ['diskusage', 'bwusage']) {
    const value = parameters[name]
    if (value !== undefined)
      await database.change(`UPDATE sim_services SET ${name} = ?, lastupdate = NOW() WHERE id = ?`, [intOf(value), id])
  }
  if (parameters['status'] !== undefined)
    await database.change('UPDATE sim_services SET status = ? WHERE id = ?', [parameters['status'], id])
  return { serviceid: String(id) }
}
