import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort, OWNER, startGuarded } from './guarded.ts'
import { findProgram, installPackage } from './programs.ts'

export type Mariadb = {
  /** With the right to do everything: `mysql://tests:tests@127.0.0.1:port`. */
  url: string
  host: string
  port: number
  stop: () => Promise<void>
}

/** The program of the server; `undefined` when this machine has none. */
export const findMariadb = (): string | undefined => findProgram(['mariadbd'])

/** Finds MariaDB or installs it from where this machine can: Debian's package as root. */
export const provideMariadb = (): string => {
  const server = findMariadb() ?? (installPackage('mariadb-server-core') ? findMariadb() : undefined)
  if (!server) throw new Error('The tests of WHMCS need MariaDB: install mariadb-server.')
  return server
}

const SYSTEM = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql']
const USER = `FLUSH PRIVILEGES;
CREATE USER tests@'127.0.0.1' IDENTIFIED BY 'tests';
GRANT ALL ON *.* TO tests@'127.0.0.1' WITH GRANT OPTION;
`
/** What is lost with the machine is only a test. */
const SMALL = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=32M',
  '--innodb-log-file-size=16M',
  '--innodb-use-native-aio=0',
  '--aria-log-file-size=8M',
]

/** A real MariaDB on a free port of 127.0.0.1, with TLS where it gets a certificate, with its data in a temporary folder; it ends with this process. */
export const startMariadb = async (certificate?: { key: string; cert: string }): Promise<Mariadb> => {
  const server = findMariadb()
  if (!server) throw new Error('There is no MariaDB here: install mariadb-server, or run npm test once as root.')
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-mariadb-'))
  try {
    const data = join(folder, 'data')
    mkdirSync(join(data, 'mysql'), { recursive: true })
    for (const path of [folder, data, join(data, 'mysql')]) chownSync(path, OWNER.uid ?? -1, OWNER.gid ?? -1)
    // A server that starts removes what others left in the folder that it shares with them.
    const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder}`, ...SMALL]
    makeSystemTables(server, common, folder)
    const port = await freePort()
    const words = [
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
    ]
    for (const [name, text] of Object.entries(certificate ?? {})) {
      const file = join(folder, `${name}.pem`)
      writeFileSync(file, text)
      chownSync(file, OWNER.uid ?? -1, OWNER.gid ?? -1)
      words.push(`--ssl-${name}=${file}`)
    }
    const options = { cwd: folder, signal: 'KILL' } as const
    const stop = await startGuarded([server, ...common, ...words], 'ready for connections', options)
    return { url: `mysql://tests:tests@127.0.0.1:${port}`, host: '127.0.0.1', port, stop }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const makeSystemTables = (server: string, common: string[], folder: string): void => {
  const prefix = join(dirname(server), '..')
  const share = [
    '/usr/share/mysql',
    '/usr/share/mariadb',
    join(prefix, 'share/mysql'),
    join(prefix, 'share/mariadb'),
  ].find((path) => existsSync(join(path, SYSTEM[0] ?? '')))
  if (!share) throw new Error(`The files that ${server} makes its system tables from were not found.`)
  const scripts = SYSTEM.map((name) => readFileSync(join(share, name), 'utf8'))
  const input = ['USE mysql;\n', ...scripts, USER].join('\n')
  const made = spawnSync(server, [...common, '--bootstrap'], { ...OWNER, cwd: folder, input, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr || String(made.error))
}
