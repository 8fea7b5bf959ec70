import { parseArgs } from 'node:util'
import type { WhmcsOptions } from './simulator.ts'

const OPTIONS = {
  mariadb: { type: 'string', help: 'mysql://user:password@host:port of a MariaDB on which schemas may be made' },
  database: { type: 'string', help: 'the schema, which is dropped and made afresh (whmcs)' },
  port: { type: 'string', help: 'where the API listens (a free port)' },
  'control-port': { type: 'string', help: 'where commands are taken (a free port)' },
  seed: { type: 'string', help: 'what the clients are made from (1)' },
  clients: { type: 'string', help: 'how many there are from the start (12)' },
  help: { type: 'boolean', help: 'this text' },
} as const

const help = (commands: string): string =>
  [
    'A simulated WHMCS over a real MariaDB. It listens on 127.0.0.1 and prints its addresses and credential as JSON.',
    '',
    ...Object.entries(OPTIONS).map(([name, option]) => `  --${name.padEnd(14)} ${option.help}`),
    '',
    'Commands, each POST /<name> at the control address with JSON:',
    '',
    commands,
  ].join('\n')

type Read = { help: string } | { problem: string } | { options: WhmcsOptions }

const numberIn = (text: string | undefined, most: number): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) > most) throw new Error(`"${text}" must be a whole number up to ${most}`)
  return Number(text)
}

/** The words of the command line; `commands` is the help on the control address. */
export const readCommandLine = (words: string[], commands: string): Read => {
  try {
    const { values } = parseArgs({ args: words, options: OPTIONS })
    if (values.help) return { help: help(commands) }
    if (values.mariadb === undefined) return { problem: '--mariadb is missing; see --help' }
    const rest = {
      port: numberIn(values.port, 65_535),
      controlPort: numberIn(values['control-port'], 65_535),
      seed: numberIn(values.seed, 999_999_999),
      clients: numberIn(values.clients, 1_000_000),
      database: values.database,
    }
    return { options: { mariadb: values.mariadb, ...rest } }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
