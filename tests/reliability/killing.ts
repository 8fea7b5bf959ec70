import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { GatewayConfig } from '../../apps/bff/src/adapters/gateway/gateway.ts'
import type { StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import { inOneFile } from '../support/one-file.ts'

const PROGRAMS = {
  collecting: fileURLToPath(new URL('killed-process.ts', import.meta.url)),
  bulk: fileURLToPath(new URL('bulk-process.ts', import.meta.url)),
}

export type Collecting = {
  cluster: string
  gateway: Pick<GatewayConfig, 'endpoint' | 'accessKeyId'> & { secretAccessKey: string }
  now: number
}

/** The process kills itself exactly at the step, or has it done by this one, which is a little later and anywhere. */
type KillAt = { killAt: { step: number; by: 'itself' | 'parent' } }

export type Task = KillAt & {
  place: StoreConfig
  /** Without it, the process only brings the schema of the store up to date. */
  collecting?: Collecting
}

export type BulkTask = KillAt & {
  place: StoreConfig
  gateway: Collecting['gateway']
  /** How far the clock of the process is ahead. */
  aheadMs: number
}

/**
 * Gives each task to a process of its own and answers whether it was killed before it had ended. The next process is
 * started while one works. Rejects when one ends with an error of its own.
 */
export const createKilling = async (program: keyof typeof PROGRAMS = 'collecting') => {
  const file = await inOneFile(PROGRAMS[program])
  const compiled = mkdtempSync(join(tmpdir(), 'ostor-console-compiled-'))
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
  let waiting: ChildProcess
  const start = (): void => {
    waiting = fork(file, { execArgv: [], env })
  }
  start()
  onTestFinished(() => {
    waiting.kill('SIGKILL')
    rmSync(compiled, { recursive: true, force: true })
  })

  return async (task: Task | BulkTask): Promise<boolean> => {
    const child = waiting
    start()
    child.once('message', () => child.kill('SIGKILL'))
    child.send(task)
    await once(child, 'exit')
    if (child.signalCode !== 'SIGKILL' && child.exitCode !== 0)
      throw new Error(`the process ended by itself, ${child.exitCode}`)
    return child.signalCode === 'SIGKILL'
  }
}
