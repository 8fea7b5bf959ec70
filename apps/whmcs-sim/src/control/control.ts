import * as z from 'zod'
import type { ClientRow } from '../actions/clients.ts'
import type { InvoiceRow } from '../actions/invoices.ts'
import type { ServiceRow } from '../actions/services.ts'
import { Fault } from '../faults.ts'
import type { World } from '../server.ts'
import { EditedSettings, type Settings } from '../settings.ts'

export const NewClient = z.strictObject({
  firstname: z.string().default('Test'),
  lastname: z.string().default('Client'),
  companyname: z.string().default(''),
  email: z.string(),
  status: z.string().default('Active'),
  /** 1 USD, 2 EUR, 3 GBP. */
  currency: z.int().min(1).max(3).default(1),
})
export const EditedClient = NewClient.partial().extend({ id: z.int() })
export const NewService = z.strictObject({
  userid: z.int(),
  name: z.string().default('Object storage S'),
  groupname: z.string().default('Storage'),
  domain: z.string().default(''),
  status: z.string().default('Active'),
  nextduedate: z.string().default('2027-01-15'),
})
export const NewNote = z.strictObject({ userid: z.int(), note: z.string(), adminid: z.int().default(2) })

export type Note = { id: number; userid: number; adminid: number; note: string; sticky: number }
type Activity = { id: number; userid: number; description: string }
type Where = { userid?: number | undefined }

/** What a test, or whoever tries the console, does to WHMCS from the side. */
export const createControl = ({ database, settings, faults, calls }: World) => {
  const listOf = <T>(table: string, { userid }: Where): Promise<T[]> =>
    userid === undefined
      ? database.rows<T>(`SELECT * FROM ${table} ORDER BY id`)
      : database.rows<T>(`SELECT * FROM ${table} WHERE userid = ? ORDER BY id`, [userid])

  const insert = (table: string, fields: Record<string, string | number>): Promise<number> => {
    const entries = Object.entries(fields)
    const names = entries.map(([name]) => name).join(', ')
    const places = entries.map(() => '?').join(', ')
    return database.insert(
      `INSERT INTO ${table} (${names}) VALUES (${places})`,
      entries.map(([, value]) => value),
    )
  }

  return {
    /** Resolves to the number of the client. */
    addClient: (client: z.input<typeof NewClient>): Promise<number> =>
      insert('sim_clients', { ...NewClient.parse(client), datecreated: '2026-01-15' }),

    editClient: async ({ id, ...changes }: z.input<typeof EditedClient>): Promise<void> => {
      const known = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
      for (const { name, value } of known)
        await database.change(`UPDATE sim_clients SET ${name} = ? WHERE id = ?`, [value, id])
    },

    /** Its notes and services go with it. */
    removeClient: async ({ id }: { id: number }): Promise<void> => {
      await database.change('DELETE FROM sim_clients WHERE id = ?', [id])
      for (const table of ['tblnotes', 'sim_services', 'sim_fields'])
        await database.change(`DELETE FROM ${table} WHERE userid = ?`, [id])
    },

    clients: (): Promise<ClientRow[]> => database.rows<ClientRow>('SELECT * FROM sim_clients ORDER BY id'),

    addService: (service: z.input<typeof NewService>): Promise<number> =>
      insert('sim_services', NewService.parse(service)),

    services: (where: Where = {}): Promise<ServiceRow[]> => listOf('sim_services', where),

    /** As a person writes one in the admin area. */
    addNote: async (given: z.input<typeof NewNote>): Promise<number> => {
      const { userid, adminid, note } = NewNote.parse(given)
      return database.insert(
        'INSERT INTO tblnotes (userid, adminid, created, modified, note, sticky) VALUES (?, ?, NOW(), NOW(), ?, 0)',
        [userid, adminid, note],
      )
    },

    removeNote: ({ id }: { id: number }): Promise<number> => database.change('DELETE FROM tblnotes WHERE id = ?', [id]),

    /** What was written to all clients is gone: notes, custom fields, invoices and the log. */
    clearRecords: async (): Promise<void> => {
      for (const table of ['tblnotes', 'sim_fields', 'sim_invoices', 'sim_activity'])
        await database.change(`DELETE FROM ${table}`, [])
    },

    notes: (where: Where = {}): Promise<Note[]> => listOf('tblnotes', where),
    activity: (where: Where = {}): Promise<Activity[]> => listOf('sim_activity', where),
    invoices: (where: Where = {}): Promise<InvoiceRow[]> => listOf('sim_invoices', where),
    fields: ({ userid }: { userid: number }): Promise<{ fieldid: number; value: string }[]> =>
      database.rows('SELECT fieldid, value FROM sim_fields WHERE userid = ? ORDER BY fieldid', [userid]),

    /** Changes the settings that are given and leaves the rest. */
    set: (changes: z.input<typeof EditedSettings>): Settings => Object.assign(settings, EditedSettings.parse(changes)),
    addFault: (fault: Fault): void => faults.add(Fault.parse(fault)),
    clearFaults: faults.clear,
    calls: calls.list,
    clearCalls: calls.clear,
  }
}

type Control = ReturnType<typeof createControl>

/** All that can be done from the side. */
export type Steered = {
  control: Control
  /** Nothing listens any more, as when the machine is off. */
  down: () => Promise<void>
  /** At the same address again. */
  up: () => Promise<void>
}
