import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const ROOT = new URL('../..', import.meta.url).pathname

const FirstLine = z.object({
  endpoint: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  controlEndpoint: z.string(),
})

/** Runs the simulator as the program that it is; `options` are its command line. */
export const startSimulatorProcess = async (options: string[]) => {
  const words = ['apps/gateway-sim/src/main.ts', ...options]
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  const address = FirstLine.parse(JSON.parse(String(first[0])))
  return {
    ...address,
    async stop() {
      if (child.exitCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
