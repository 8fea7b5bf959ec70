import { expect, onTestFinished, test } from 'vitest'
import { whmcsNotesOf } from '../../apps/bff/src/adapters/whmcs/notes.ts'
import { makeCertificates } from '../../apps/bff/test/certificates.ts'
import { installProcedures, onMariadb } from '../../apps/bff/test/whmcs-procedures.ts'
import { startMariadb } from '../support/mariadb.ts'

const TABLE = `CREATE TABLE w.tblnotes (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, adminid INT NOT NULL,
  created DATETIME NOT NULL, modified DATETIME NOT NULL, note TEXT NOT NULL, sticky INT NOT NULL)`

test('the database of WHMCS is asked over TLS alone, and only when its certificate is for its host and from a CA that is trusted', async () => {
  const { ours, key, named, otherHost } = await makeCertificates()
  const [right, elsewhere] = await Promise.all(
    [named, otherHost].map(async (cert) => {
      const mariadb = await startMariadb({ key, cert })
      onTestFinished(mariadb.stop)
      await onMariadb(mariadb.url, ['CREATE DATABASE w', TABLE])
      const database = await installProcedures(mariadb.url, 'w')
      await onMariadb(mariadb.url, [`ALTER USER '${database.user}'@'127.0.0.1' REQUIRE SSL`])
      return { ...database, host: 'localhost' }
    }),
  )
  if (!right || !elsewhere) throw new Error('there are two')
  const check = async (database: typeof right) => {
    const notes = whmcsNotesOf(database)
    onTestFinished(() => notes.close())
    return notes.check()
  }
  expect(await check({ ...right, isEncrypted: true, ca: ours })).toBeNull()
  await expect(check(right)).rejects.toMatchObject({ kind: 'wrong-credentials' })
  await expect(check({ ...right, isEncrypted: true })).rejects.toMatchObject({ kind: 'transport' })
  await expect(check({ ...elsewhere, isEncrypted: true, ca: ours })).rejects.toMatchObject({ kind: 'transport' })
})
