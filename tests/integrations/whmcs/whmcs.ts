import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import * as z from 'zod'

const run = promisify(execFile)
const RUNNER = new URL('run.php', import.meta.url).pathname

/** PHP writes what is empty as a list. */
const named = <T extends z.ZodType>(value: T) =>
  z.union([
    z.record(z.string(), value),
    z
      .array(z.never())
      .max(0)
      .transform(() => ({})),
  ])

const State = z.looseObject({
  admin: z.object({ id: z.int(), fullName: z.string() }).nullable(),
  tables: z.looseObject({
    tblnotes: z.array(z.object({ id: z.int(), userid: z.int(), note: z.string() })),
    mod_ostorconsole_notes: z.array(z.record(z.string(), z.unknown())).optional(),
    mod_ostorconsole_kept: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
  /** What each call of the API answers as its error. */
  fails: named(z.string()),
  /** A table whose use fails. */
  breaks: z.string(),
  /** The process ends when a note is written, before anybody is told its number. */
  dies: z.boolean(),
  calls: z.array(z.string()),
  activity: z.array(z.tuple([z.int(), z.string()])),
  fields: named(z.record(z.string(), z.string())),
  log: z.array(z.string()),
})
type State = z.infer<typeof State>

const EMPTY: State = {
  admin: { id: 1, fullName: 'Ada Admin' },
  tables: { tblnotes: [] },
  fails: {},
  breaks: '',
  dies: false,
  calls: [],
  activity: [],
  fields: {},
  log: [],
}

/** A WHMCS with the addon in it, as far as PHP needs one to run; each request is a process of its own. */
export const createWhmcs = async (php: string, start: Partial<State> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-whmcs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'state.json')
  await writeFile(file, JSON.stringify({ ...EMPTY, ...start }))
  const state = async (): Promise<State> => State.parse(JSON.parse(await readFile(file, 'utf8')))

  return {
    state,
    change: async (edit: (state: State) => Partial<State>): Promise<void> => {
      const before = await state()
      await writeFile(file, JSON.stringify({ ...before, ...edit(before) }))
    },
    /** What PHP wrote; rejects when it complained, or ended badly. */
    async ask(what: string, given: object = {}): Promise<string> {
      const args = ['-d', 'display_errors=stderr', '-d', 'error_reporting=-1', RUNNER, what, JSON.stringify(given)]
      const { stdout, stderr } = await run(php, args, { env: { PATH: process.env['PATH'], WHMCS_STATE: file } })
      if (stderr !== '') throw new Error(stderr)
      return stdout
    },
  }
}
