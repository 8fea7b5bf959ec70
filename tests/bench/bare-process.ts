import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type BareProcess = { url: string; stop(): Promise<void> }

/** Serves `body` from the bare framework in a process of its own. */
export const startBare = async (body: string, type: string): Promise<BareProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-bare-'))
  const file = join(folder, 'body')
  writeFileSync(file, body)
  const words = [new URL('bare-server.ts', import.meta.url).pathname, file, type]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: String(url),
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
