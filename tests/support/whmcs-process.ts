import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const ROOT = new URL('../..', import.meta.url).pathname

const FirstLine = z.object({
  url: z.string(),
  controlEndpoint: z.string(),
  identifier: z.string(),
  secret: z.string(),
  accessKey: z.string(),
})

const Anything = z.unknown()

/** Runs the simulated WHMCS as the program that it is; `options` are its command line. */
export const startWhmcsProcess = async (options: string[]) => {
  const words = ['apps/whmcs-sim/src/main.ts', ...options]
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  const address = FirstLine.parse(JSON.parse(String(first[0])))

  /** A command of its control address, as `--help` lists them. */
  const steer = async <T>(command: string, input: object, answer: z.ZodType<T>): Promise<T> => {
    const reply = await fetch(`${address.controlEndpoint}/${command}`, { method: 'POST', body: JSON.stringify(input) })
    const told = await reply.json()
    if (!reply.ok) throw new Error(JSON.stringify(told))
    return answer.parse(told)
  }
  return {
    ...address,
    read: steer,
    tell: async (command: string, input: object = {}): Promise<void> => void (await steer(command, input, Anything)),
    async stop() {
      if (child.exitCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
