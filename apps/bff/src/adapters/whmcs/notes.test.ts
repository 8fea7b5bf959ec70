import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { installProcedures, onMariadb } from '../../../test/whmcs-procedures.ts'
import { alterNotes, mariadbUrl, openFakeWhmcs } from '../../../test/whmcs-world.ts'
import { Secret } from '../gateway/secret.ts'
import { type WhmcsDatabase, whmcsNotesOf } from './notes.ts'
import type { WhmcsNotes } from './whmcs.ts'

const MARKER = '[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2D]'
const OTHER = '[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2E]'
const USER = 'ca55631f9f3d59dc'
const KEY = `${USER}DF4M`

let fake: Awaited<ReturnType<typeof openFakeWhmcs>>
let database: WhmcsDatabase
let notes: WhmcsNotes

beforeAll(async () => {
  fake = await openFakeWhmcs()
  database = await installProcedures(mariadbUrl(), fake.database, { withOldSecrets: true })
  notes = whmcsNotesOf(database)
})
afterAll(async () => {
  await notes.close()
  await fake.close()
})
beforeEach(() => onMariadb(mariadbUrl(), [`DELETE FROM ${fake.database}.tblnotes`]))

const note = (userid: number, text: string): Promise<number> => fake.control.addNote({ userid, note: text })
const left = async (): Promise<number[]> => (await fake.control.notes()).map(({ id }) => id)

/** What the console's own user gets when it speaks to the database by itself. */
const direct = async (statement: string): Promise<string> => {
  const { host, port, user, password } = database
  const connection = await createConnection({ host, port, user, password: password.reveal() })
  try {
    await connection.query(statement)
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    await connection.end()
  }
}

describe('our notes', () => {
  test('are found and removed by number, client and marker together, and once', async () => {
    const ours = await note(1, `S3 access key created.\nAccess key ID: ${KEY}\n${MARKER}`)
    const twin = await note(1, `Again ${MARKER}`)
    const human = await note(1, `The customer asked about ${KEY} and ${USER}`)
    const other = await note(1, `Access key ID: ${KEY} ${OTHER}`)
    const stranger = await note(2, `Another client ${MARKER}`)
    expect(await notes.find(1, MARKER)).toEqual([ours, twin])
    expect(await notes.find(3, MARKER)).toEqual([])

    expect(await notes.remove({ id: human, clientId: 1, marker: MARKER })).toBe(false)
    expect(await notes.remove({ id: ours, clientId: 2, marker: MARKER })).toBe(false)
    expect(await notes.remove({ id: ours, clientId: 1, marker: OTHER })).toBe(false)
    expect(await left()).toEqual([ours, twin, human, other, stranger])
    expect(await notes.remove({ id: ours, clientId: 1, marker: MARKER })).toBe(true)
    expect(await notes.remove({ id: ours, clientId: 1, marker: MARKER })).toBe(false)
    expect(await left()).toEqual([twin, human, other, stranger])
  })

  test.each(['', '%', '[ostor-dash:k:%]', MARKER.toLowerCase(), `${MARKER} `, `x' OR '1'='1`, `${MARKER}%`])(
    '%j is no marker for the console, nor for the procedures',
    async (marker) => {
      const id = await note(1, `Ours ${MARKER}`)
      await expect(notes.remove({ id, clientId: 1, marker })).rejects.toMatchObject({ kind: 'refused' })
      await expect(notes.find(1, marker)).rejects.toMatchObject({ kind: 'refused' })
      const quoted = `'${marker.replaceAll("'", "''")}'`
      expect(await direct(`CALL ${database.database}.note_delete(${id}, 1, ${quoted})`)).toBe('ER_SIGNAL_EXCEPTION')
      expect(await direct(`CALL ${database.database}.note_find(1, NULL)`)).toBe('ER_SIGNAL_EXCEPTION')
      expect(await left()).toEqual([id])
    },
  )
})

const schema = () => fake.database
const table = () => `${fake.database}.tblnotes`

describe('acceptance 14: the console’s user of the database', () => {
  test.each<[string, () => string]>([
    ['read notes', () => `SELECT note FROM ${schema()}.tblnotes`],
    ['count notes', () => `SELECT COUNT(*) FROM ${schema()}.tblnotes`],
    ['delete notes', () => `DELETE FROM ${schema()}.tblnotes`],
    ['change notes', () => `UPDATE ${schema()}.tblnotes SET note = ''`],
    ['write notes', () => `INSERT INTO ${schema()}.tblnotes VALUES (9, 1, 1, NOW(), NOW(), '', 0)`],
    ['read clients', () => `SELECT * FROM ${schema()}.sim_clients`],
    ['drop the table', () => `DROP TABLE ${schema()}.tblnotes`],
    ['change a procedure', () => `DROP PROCEDURE ${database.database}.note_find`],
    ['read a procedure', () => `SELECT * FROM mysql.proc`],
    ['make a table', () => `CREATE TABLE ${database.database}.x (y INT)`],
    ['read users', () => 'SELECT * FROM mysql.user'],
  ])('may not %s', async (_, statement) => {
    const id = await note(1, `A secret of a person ${MARKER}`)
    expect(await direct(statement())).toMatch(/^ER_\w*(DENIED|ACCESS)\w*_ERROR$/)
    expect(await left()).toEqual([id])
  })

  test('has no right but to call these procedures', async () => {
    const connection = await createConnection({ uri: mariadbUrl() })
    const [rows] = await connection.query(`SHOW GRANTS FOR '${database.user}'@'127.0.0.1'`)
    await connection.end()
    const grants = JSON.stringify(rows).match(/GRANT [^"`]+/g)
    expect(new Set(grants)).toEqual(new Set(['GRANT USAGE ON *.* TO ', 'GRANT EXECUTE ON PROCEDURE ']))
  })
})

describe('the table of notes', () => {
  test('is as expected', async () => {
    expect(await notes.check()).toBeNull()
  })

  test.each<[string, string, string, string]>([
    ['sticky', 'CHANGE sticky pinned INT NOT NULL', 'CHANGE pinned sticky INT NOT NULL', 'no column sticky'],
    ['note', 'CHANGE note body TEXT NOT NULL', 'CHANGE body note TEXT NOT NULL', 'no column note'],
    ['userid', 'MODIFY userid VARCHAR(40) NOT NULL', 'MODIFY userid INT NOT NULL', 'of the type varchar'],
  ])('acceptance 14: with another column for %s it is said to be changed', async (_, change, undo, said) => {
    await alterNotes(fake, change, undo)
    expect(await notes.check()).toContain(said)
  })

  test('acceptance 14: without the column of texts nothing is removed', async () => {
    const id = await note(1, MARKER)
    await alterNotes(fake, 'CHANGE note body TEXT NOT NULL', 'CHANGE body note TEXT NOT NULL')
    await expect(notes.remove({ id, clientId: 1, marker: MARKER })).rejects.toMatchObject({ kind: 'refused' })
    expect(await left()).toEqual([id])
  })

  test('that is gone is said to be gone', async () => {
    await onMariadb(mariadbUrl(), [`RENAME TABLE ${table()} TO ${table()}_x`])
    expect(await notes.check()).toContain('There is no table tblnotes')
    await onMariadb(mariadbUrl(), [`RENAME TABLE ${table()}_x TO ${table()}`])
  })
})

describe('old secrets', () => {
  const seeds = `UserId: ${USER}\nAWSAccessKeyId: ${KEY}\nAWSSecretAccessKey: canary/of+the+seed==`

  test('acceptance 17: notes of the seed’s form are reported without the secret, and nothing else is', async () => {
    const plain = await note(1, seeds)
    const windows = await note(2, `${seeds.replaceAll('\n', '\r\n')}\r\n`)
    await note(1, `Ticket 881: ${seeds}`)
    await note(1, `${seeds}\nask Ada before you use it`)
    await note(1, seeds.toLowerCase())
    await note(1, seeds.replace(USER, 'not-an-id'))
    await note(1, `${KEY} ${MARKER}`)
    await note(1, seeds.replace(/\n.*$/, ''))
    const found = await notes.oldSecrets()
    expect(found).toEqual([
      { noteId: plain, clientId: 1, userId: USER, keyId: KEY, isRedacted: false },
      { noteId: windows, clientId: 2, userId: USER, keyId: KEY, isRedacted: false },
    ])
    expect(JSON.stringify(found)).not.toContain('canary')
  })

  test('the secret is struck out of one note, once, and only with its client and its key', async () => {
    const id = await note(1, seeds)
    const twin = await note(1, seeds)
    const human = await note(1, `Ticket 881: ${seeds}`)
    expect(await notes.redact({ id, clientId: 2, keyId: KEY })).toBe(false)
    expect(await notes.redact({ id, clientId: 1, keyId: `${USER}XXXX` })).toBe(false)
    expect(await notes.redact({ id: human, clientId: 1, keyId: KEY })).toBe(false)
    await expect(notes.redact({ id, clientId: 1, keyId: '.*' })).rejects.toMatchObject({ kind: 'refused' })
    expect(await notes.redact({ id, clientId: 1, keyId: KEY })).toBe(true)
    expect(await notes.redact({ id, clientId: 1, keyId: KEY })).toBe(false)
    expect(await fake.control.notes()).toMatchObject([
      { id, note: `UserId: ${USER}\nAWSAccessKeyId: ${KEY}\nAWSSecretAccessKey: [removed]` },
      { id: twin, note: seeds },
      { id: human, note: `Ticket 881: ${seeds}` },
    ])
    expect(await notes.oldSecrets()).toMatchObject([{ noteId: id, isRedacted: true }, { noteId: twin }])
  })

  test('of the console’s own mode compat are among them, and keep their marker', async () => {
    const id = await note(1, `${seeds}\n${MARKER}`)
    expect(await notes.oldSecrets()).toMatchObject([{ noteId: id, keyId: KEY, isRedacted: false }])
    expect(await notes.redact({ id, clientId: 1, keyId: KEY })).toBe(true)
    expect(await fake.control.notes()).toMatchObject([
      { id, note: `UserId: ${USER}\nAWSAccessKeyId: ${KEY}\nAWSSecretAccessKey: [removed]\n${MARKER}` },
    ])
    expect(await notes.oldSecrets()).toMatchObject([{ noteId: id, isRedacted: true }])
    expect(await notes.find(1, MARKER)).toEqual([id])
  })

  test('are not to be had where their procedures are not installed', async () => {
    const bare = await openFakeWhmcs()
    const without = whmcsNotesOf(await installProcedures(mariadbUrl(), bare.database))
    expect(await without.oldSecrets()).toBeNull()
    expect(await without.check()).toBeNull()
    await without.close()
    await bare.close()
  })
})

test.each<[string, Partial<WhmcsDatabase>, object]>([
  ['a wrong password', { password: Secret.of('another') }, { kind: 'wrong-credentials', outcomeUnknown: false }],
  ['a database that is not ours', { database: 'mysql' }, { kind: 'action-refused', outcomeUnknown: false }],
  ['a server that is off', { port: 1 }, { kind: 'transport', outcomeUnknown: false }],
])('%s is told apart', async (_, changes, failure) => {
  const wrong = whmcsNotesOf({ ...database, ...changes })
  await expect(wrong.check()).rejects.toMatchObject(failure)
  await wrong.close()
})
