import { parseArgs } from 'node:util'
import { ROUTES } from './control/control-server.ts'
import { FAULT_FIELDS } from './faults/fault-fields.ts'
import type { Option } from './option-kinds.ts'
import { OPTIONS, type SimulatorOptions, settle, VERSIONS, versionNumber } from './options.ts'

type Command = { options: SimulatorOptions; help?: string; problem?: string }

const dashed = (name: string) => name.replace(/[A-Z0-9]+/g, (part) => `-${part.toLowerCase()}`).replace(/^-/, '')

const rows = (entries: readonly (readonly [string, string])[]) => {
  const width = Math.max(...entries.map(([left]) => left.length))
  return entries.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

/** What holds without an option, and up to which version something else does. */
const standard = ({ unset, fallback }: Option<string | number | boolean>): string => {
  const now = fallback(703)
  const since = VERSIONS.find((version) => fallback(versionNumber(version)) === now)
  const before = fallback(200) === now ? '' : ` (before ${since}: ${fallback(200)})`
  return (unset ?? String(now)) + before
}

const optionRows = () =>
  Object.entries(OPTIONS).map(([name, option]) => {
    return [
      `--${dashed(name)}`,
      `${option.help}\n${' '.repeat(8)}${option.accepts}; without it ${standard(option)}`,
    ] as const
  })

const helpText = () => `A simulated ostor gateway, for people who write ostor clients.

  npm run simulator -- --port 9000 --users 10000 --buckets 100000 --months 13 --seed 7 --version 7.3

The first line on standard output is one JSON object with endpoint, accessKeyId, secretAccessKey and controlEndpoint;
then it serves until SIGINT or SIGTERM. The key belongs to a system user. It listens on 127.0.0.1 only.
What version 7.3 does is what stands under "without it"; --version changes what older documents say otherwise.

Options
${rows(optionRows())}

The control address (JSON; whole numbers that may pass 2^53 are strings)
${rows(Object.values(ROUTES).map(({ path, help }) => [path, help] as const))}

A fault, for POST /faults
${rows(Object.entries(FAULT_FIELDS).map(([name, { help }]) => [name, help] as const))}`

/** Reads the command line by the table of options. A problem is one line for a person. */
export const readCommandLine = (words: string[]): Command => {
  const nameOf = new Map(Object.keys(OPTIONS).map((name) => [dashed(name), name]))
  const kinds = [...nameOf.keys(), 'help'].map(
    (name) => [name, { type: name === 'help' ? 'boolean' : 'string' }] as const,
  )
  try {
    const { values } = parseArgs({
      args: withValues(words),
      options: Object.fromEntries(kinds),
      allowPositionals: false,
    })
    if (values['help'] === true) return { options: {}, help: helpText() }
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [nameOf.get(name) ?? name, value]))
    settle(given)
    return { options: given }
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return { options: {}, problem: `${line} (see --help)` }
  }
}

/** A flag may stand alone, and negative numbers are values. */
const withValues = (words: readonly string[]): string[] =>
  words.flatMap((word, at) => {
    const next = words[at + 1]
    const isAlone = word.startsWith('--') && word !== '--help' && !word.includes('=')
    if (isAlone && (next === undefined || next.startsWith('--'))) return [`${word}=true`]
    return isAlone && next !== undefined ? [`${word}=${next}`] : isValue(words[at - 1]) ? [] : [word]
  })

const isValue = (before: string | undefined) =>
  before !== undefined && before.startsWith('--') && before !== '--help' && !before.includes('=')
