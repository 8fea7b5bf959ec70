import { intOf, isTrue } from '../php.ts'
import { type Action, ApiError, pageOf, wrapped } from './action.ts'
import { requireClient } from './clients.ts'

/** The admin to whom the credential belongs. */
const ADMIN = 1

export const addClientNote: Action = async (asked) => {
  const { userid, notes = '', sticky } = asked.parameters
  await requireClient(asked, intOf(userid), 'Client ID not found')
  if (notes === '') throw new ApiError('Notes can not be empty')
  const id = await asked.database.insert(
    'INSERT INTO tblnotes (userid, adminid, created, modified, note, sticky) VALUES (?, ?, NOW(), NOW(), ?, ?)',
    [intOf(userid), ADMIN, notes, isTrue(sticky) ? 1 : 0],
  )
  return { noteid: String(id) }
}

export const logActivity: Action = async ({ database, parameters: { clientid, description = '' } }) => {
  if (description === '') throw new ApiError('You must provide a description')
  await database.insert('INSERT INTO sim_activity (userid, date, description) VALUES (?, NOW(), ?)', [
    intOf(clientid),
    description,
  ])
  return {}
}

type Entry = { id: number; userid: number; date: string; description: string }

export const getActivityLog: Action = async ({ database, settings, parameters }) => {
  const { clientid, description = '' } = parameters
  const { start, count } = pageOf(parameters)
  const found = await database.rows<Entry>(
    'SELECT * FROM sim_activity WHERE (? = 0 OR userid = ?) AND LOCATE(?, description) > 0 ORDER BY id DESC',
    [intOf(clientid), intOf(clientid), description],
  )
  const entries = found.slice(start, start + count).map(({ id, userid, date, description: text }) => ({
    id,
    clientId: userid,
    date,
    description: text,
    username: 'API User',
    ipaddr: '127.0.0.1',
  }))
  return {
    totalresults: found.length,
    startnumber: start,
    activity: wrapped(settings, 'entry', entries),
  }
}

export const getAdminDetails: Action = async ({ settings }) => ({
  adminid: ADMIN,
  name: 'Storage Console',
  notes: '',
  signature: '',
  allowedpermissions: 'List Clients,View Clients Summary,Add/Edit Client Notes,View Activity Log,API Access',
  departments: '',
  requesttime: '2026-11-28 12:00:00',
  whmcs: { version: settings.version, canonicalversion: `${settings.version}-release.1` },
})

export const whmcsDetails: Action = async ({ settings }) => ({
  whmcs: { version: settings.version, canonicalversion: `${settings.version}-release.1` },
})
