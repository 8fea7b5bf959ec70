import { run } from '../apps/bff/src/run.ts'
import { installProcedures } from '../apps/bff/test/whmcs-procedures.ts'
import { startWhmcs } from '../apps/whmcs-sim/src/simulator.ts'
import { startMariadb } from '../tests/support/mariadb.ts'
import { startDemo } from './start-demo.ts'

// The demo with a simulated WHMCS beside it, over a MariaDB of this machine. Its clients are the same after each start,
// and the notes are not.
await run(async () => {
  const mariadb = await startMariadb()
  const whmcs = await startWhmcs({ mariadb: mariadb.url, clients: 240 })
  const { user, password, host, port, database } = await installProcedures(mariadb.url, whmcs.database, {
    withOldSecrets: true,
  })
  const left = '0123456789abcdef'
  const old = `UserId: ${left}\nAWSAccessKeyId: ${left}DEMO\nAWSSecretAccessKey: an-invented-secret`
  await whmcs.control.addNote({ userid: 1, note: old })
  await whmcs.control.addNote({ userid: 1, note: `Ticket 881: asked about ${left}DEMO, refund agreed` })
  Object.assign(process.env, {
    WHMCS_MODE: 'database',
    WHMCS_API_URL: whmcs.url,
    WHMCS_IDENTIFIER: whmcs.identifier,
    WHMCS_SECRET: whmcs.secret,
    WHMCS_DB_URL: `mysql://${user}:${password.reveal()}@${host}:${port}/${database}`,
  })
  const serving = await startDemo()
  console.log(`  WHMCS     ${whmcs.controlEndpoint} takes commands: npm run whmcs-simulator -- --help lists them\n`)
  return serving
})
