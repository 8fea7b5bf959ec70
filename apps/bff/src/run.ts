import { ProblemError } from '@ostor-console/shared/problem'
import { ConfigError } from './config-values.ts'
import type { Serving } from './serve.ts'

const MEANT_FOR_PEOPLE = ['StoreLocked', 'BackupError']
const LONGEST_STOP_MS = 10_000

/** Runs until a signal ends it. Exits with 2 when it could not start, with 1 after an unexpected failure, else with 0. */
export const run = async (start: () => Promise<Serving>): Promise<void> => {
  let serving: Serving | null = null
  let stopping = false

  const stop = async (code: number) => {
    if (stopping || !serving) process.exit(code)
    stopping = true
    setTimeout(() => process.exit(code || 1), LONGEST_STOP_MS).unref()
    await serving.stop().catch((error: unknown) => serving?.fatal(error))
    process.exit(code)
  }
  const fail = (error: unknown) => {
    if (serving) serving.fatal(error)
    else process.stderr.write(`${startFailure(error)}\n`)
    void stop(1)
  }

  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    serving = await start()
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`)
    process.exit(2)
  }
}

/** Why it could not start: one line for what a person can put right, the whole error for what is our fault. */
export const startFailure = (error: unknown): string => {
  if (error instanceof ConfigError || (error instanceof Error && MEANT_FOR_PEOPLE.includes(error.name)))
    return error.message
  if (error instanceof ProblemError) return `${error.message} (${codeOf(error.cause) ?? 'see the log'})`
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return `${portOf(error)} is taken by another program: end it, or set PORT to another one`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `HOST or PORT cannot be used (${code}): ${String(error)}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.message : undefined

const portOf = (error: unknown) =>
  error instanceof Error && 'port' in error ? `Port ${String(error.port)}` : 'The port'
