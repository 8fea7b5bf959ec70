import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ProblemError } from '@ostor-console/shared/problem'
import { AdminEmail, NewPassword } from '@ostor-console/shared/session'
import { adminsOf } from './adapters/store/admins.ts'
import { auditOf } from './adapters/store/audit.ts'
import { forgetSecondFactor } from './adapters/store/second-factors.ts'
import { sessionStore } from './adapters/store/sessions.ts'
import { runCommand, withStore, wordsOf } from './command.ts'
import { readStoreConfig } from './config.ts'
import { ConfigError } from './config-values.ts'
import { isGuessable } from './features/session/guessable.ts'
import { hashPassword } from './features/session/password.ts'

const USAGE = `Usage: npm run admin -- create --email ada@example.com [--password-file FILE]
       npm run admin -- forget-second-factor --email ada@example.com

create makes an admin of the console. The password is asked for, or read from standard input or from FILE; it is never an
argument, because other users of this machine can read those. forget-second-factor lets somebody sign in with the password
alone who has lost phone and recovery codes, or the passkeys: all of them are forgotten. Stop the console first, unless DATABASE_URL is set.`

/** From the file, the terminal (unseen), or standard input; its one line end is not part of it. */
const readPassword = async (file: string | undefined): Promise<string> => {
  if (file !== undefined) return withoutLineEnd(readFile(file))
  if (!process.stdin.isTTY) return withoutLineEnd(readFileSync(0, 'utf8'))
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  process.stdout.write('Password (at least 15 characters): ')
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true })
  const password = await prompt.question('')
  prompt.close()
  process.stdout.write('\n')
  return password
}

const withoutLineEnd = (text: string) => text.replace(/\r?\n$/, '')

const readFile = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ConfigError(`--password-file: ${path} cannot be read`)
  }
}

const create = async (email: string, file: string | undefined): Promise<string> => {
  const address = AdminEmail.safeParse(email)
  if (!address.success) throw new ConfigError('--email must be an e-mail address')
  // What is wrong with the settings is said before a password is asked for.
  readStoreConfig(process.env)
  const password = NewPassword.safeParse(await readPassword(file))
  if (!password.success) throw new ConfigError(`The password ${password.error.issues[0]?.message ?? 'is wrong'}`)
  if (isGuessable(password.data, email)) throw new ConfigError('The password is one that is guessed first')

  return withStore(async (store) => {
    try {
      const admin = await adminsOf(store).create({ email, passwordHash: await hashPassword(password.data) })
      const said = { action: 'admin.create', target: admin.email, outcome: 'done' } as const
      await auditOf(store).record({ actor: 'command line', ...said })
      return `Admin ${admin.email} was made.`
    } catch (error) {
      if (error instanceof ProblemError && error.is('admin-exists'))
        throw new ConfigError(`There is an admin ${email} already`)
      throw error
    }
  })
}

const forget = (email: string): Promise<string> =>
  withStore(async (store) => {
    const admin = await adminsOf(store).findByEmail(email)
    if (!admin) throw new ConfigError(`There is no admin ${email}`)
    const { app, passkeys } = await store.transaction((tx) => forgetSecondFactor(tx, admin.id))
    if (!app && passkeys === 0) throw new ConfigError(`${admin.email} has neither two-step sign-in nor passkeys`)
    await sessionStore(store).endAllOf(admin.id)
    const said = { action: 'second-factor.remove', target: admin.email, outcome: 'done' } as const
    const before = { app: app ? 'on' : 'off', passkeys: String(passkeys) }
    await auditOf(store).record({ actor: 'command line', ...said, before })
    if (admin.passwordHash !== null) return `${admin.email} signs in with the password alone now.`
    return `${admin.email} has no password and cannot sign in now: an admin makes a link on the page of people ("create" makes another admin).`
  })

const COMMANDS = new Map([
  ['create', create],
  ['forget-second-factor', forget],
])

const words = wordsOf({
  allowPositionals: true,
  options: { email: { type: 'string' }, 'password-file': { type: 'string' }, help: { type: 'boolean' } },
})
const email = words?.values.email
const command = words?.positionals.length === 1 ? COMMANDS.get(words.positionals[0] ?? '') : undefined
if (words?.values.help) {
  console.log(USAGE)
} else if (command === undefined || email === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await runCommand(() => command(email, words?.values['password-file']))
}
