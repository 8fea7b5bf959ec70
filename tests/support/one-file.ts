import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

// Inside the project, so that what stays outside the file is found.
const FOLDER = fileURLToPath(new URL(`../../node_modules/.cache/programs/${process.pid}/`, import.meta.url))
const remove = (): void => rmSync(FOLDER, { recursive: true, force: true })
process.on('exit', remove)
// Workers of vitest are ended by this signal, without an exit of their own.
process.once('SIGTERM', () => {
  remove()
  process.kill(process.pid, 'SIGTERM')
})

/** Packages with native parts. */
const OUTSIDE = ['@duckdb/node-api', '@node-rs/argon2', 'pg-native']

const made = new Map<string, Promise<string>>()

const make = async (program: string): Promise<string> => {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: OUTSIDE },
    build: { ssr: program, outDir: FOLDER, emptyOutDir: false, target: 'node24', minify: false },
  })
  return `${FOLDER}${basename(program, '.ts')}.js`
}

/** The path of a program in one file, of which a process starts in a third of the time; gone when this process ends. */
export const inOneFile = (program: string): Promise<string> => {
  const path = made.get(program) ?? make(program)
  made.set(program, path)
  return path
}
