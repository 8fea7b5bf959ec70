import { confirmationOf } from '@ostor-console/shared/confirmation'
import type { Session } from '@ostor-console/shared/session'
import * as z from 'zod'
import { adminsOf } from '../../../apps/bff/src/adapters/store/admins.ts'
import { hashPassword } from '../../../apps/bff/src/features/session/password.ts'
import { bulkDesk } from '../../../apps/bff/test/bulk-desk.ts'
import { FROM_CONSOLE } from '../../../apps/bff/test/world.ts'
import type { Known } from './arbitrary.ts'

const PASSWORD = 'the one password of this run'
/** Its name and password are what the requests are made of; nobody else signs in with them. */
const VICTIM = 'victim@example.com'
const MOST_USERS = 40
const FEWEST_USERS = 8
const KEPT = 50

const Item = z.looseObject({ id: z.string().optional(), name: z.string().optional() })
const List = z.looseObject({ items: z.array(Item) })

type Find = (pick: number, context: Record<string, string>) => string

/** A console with something of everything, people who are signed in, and what exists by the name of its parameter. */
export const fuzzWorld = async () => {
  const here = await bulkDesk({ users: 20, buckets: 12, days: 2, twoKeyUsers: 4, accountUsers: 6, disabledUsers: 3 })
  const { app, store, oracle, control, collector, setup, simulator } = here
  await collector.round()

  const passwordHash = await hashPassword(PASSWORD)
  let addresses = 0
  const signIn = async (email: string): Promise<Record<string, string>> => {
    addresses += 1
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { ...FROM_CONSOLE, 'content-type': 'application/json' },
      payload: JSON.stringify({ email, password: PASSWORD }),
      remoteAddress: `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`,
    })
    const [sid] = reply.cookies
    if (reply.statusCode !== 200 || !sid) throw new Error(`the sign-in of ${email} answered ${reply.body}`)
    const { csrfToken } = reply.json<Session>()
    return { cookie: `${sid.name}=${sid.value}`, 'x-csrf-token': csrfToken ?? '' }
  }
  const join = async (role: string) => {
    const email = `${role}@fuzz.example`
    await adminsOf(store).create({ email, passwordHash })
    return { role, email, session: await signIn(email) }
  }
  await adminsOf(store).create({ email: VICTIM, passwordHash })
  const admin = await join('admin')
  const other = await join('other')
  const nobody = { role: 'nobody', email: '', session: {} }

  let users = oracle.users()
  let buckets = oracle.buckets()
  const told = new Set<string>()
  const look = () => {
    users = oracle.users()
    buckets = oracle.buckets()
    for (const { keys, accounts } of users) {
      for (const { secret } of [keys, accounts.flatMap((one) => one.keys)].flat()) told.add(secret)
    }
  }
  look()
  told.add(simulator.secretAccessKey).add(setup.code).add(PASSWORD)

  const seen = new Map<string, string[]>()
  const learn = (name: string, value: string | undefined) => {
    if (value === undefined) return
    const values = seen.get(name) ?? []
    seen.set(name, values)
    if (!values.includes(value)) values.push(value)
    if (values.length > KEPT) values.shift()
  }
  const one = (values: readonly string[], pick: number): string => values[pick % Math.max(1, values.length)] ?? 'none'
  const userOf = ({ userId }: Record<string, string>) => users.find(({ id }) => id === userId)
  const userId: Find = (pick) => users[pick % users.length]?.id ?? 'none'
  const accountsOf = (context: Record<string, string>) => userOf(context)?.accounts ?? []

  const FINDERS: Record<string, Find> = {
    cluster: () => 'demo',
    userId,
    ids: userId,
    ownerId: userId,
    keyId: (pick, context) => {
      const keys =
        context['account'] === undefined
          ? userOf(context)?.keys
          : accountsOf(context).find(({ name }) => name === context['account'])?.keys
      return one(keys?.map(({ id }) => id) ?? [], pick)
    },
    account: (pick, context) =>
      one(
        accountsOf(context).map(({ name }) => name),
        pick,
      ),
    bucket: (pick) => one(buckets, pick),
    email: (pick) =>
      pick % 3 === 0 ? VICTIM : pick % 3 === 1 ? (users[pick % users.length]?.email ?? '') : `new-${pick}@example.com`,
    password: (pick) => (pick % 2 === 0 ? PASSWORD : 'not the one password'),
    code: (pick) => (pick % 2 === 0 ? setup.code : 'not-the-code'),
    text: (pick) => `new-${pick}@example.com\n${users[pick % users.length]?.email}\n`,
    confirmEmail: (_, context) => {
      const user = userOf(context)
      return user ? confirmationOf(user) : 'none'
    },
    confirmName: (_, context) => context['account'] ?? context['name'] ?? 'none',
    timeZone: (pick) => one(['Europe/Berlin', 'Asia/Kolkata', 'UTC'], pick),
    actor: (pick) => one([admin.email, 'console', VICTIM], pick),
    instant: (pick) => new Date(Math.floor(here.now().getTime() / 3_600_000) * 3_600_000 + pick).toISOString(),
  }
  const LEARNT = ['operationId', 'runId', 'id', 'object', 'serviceId', 'if-match']

  return {
    ...here,
    people: [admin, admin, admin, admin, admin, admin, nobody],
    other,
    signIn,
    told,
    look,
    isKnown: (name: string) => name in FINDERS || LEARNT.includes(name),
    find: ({ name, pick }: Known, context: Record<string, string>): string =>
      FINDERS[name]?.(pick, context) ?? one(seen.get(name) ?? [], pick),
    /** Remembers the names in an answer. */
    learnFrom: (path: string, text: string, etag: unknown) => {
      if (typeof etag === 'string') learn('if-match', etag)
      const noun = /\/clusters\/\{cluster\}\/(audit|bulk|scheduled|statistics)$/.exec(path)?.[1]
      const as = noun && { audit: 'operationId', bulk: 'runId', scheduled: 'id', statistics: 'object' }[noun]
      if (!as) return
      const json: unknown = JSON.parse(text)
      for (const item of List.safeParse(json).data?.items ?? [Item.parse(json)]) {
        learn(as, noun === 'statistics' ? item.name : item.id)
        if (noun === 'statistics') learn('serviceId', item.name?.slice(9, 25))
      }
    },
    /** What goes on beside the requests; keeps the world of a size. */
    between: async () => {
      await here.work()
      await here.round()
      look()
      for (const { id } of users.slice(1 + MOST_USERS)) {
        if (oracle.buckets(id).length === 0) control.users.remove(id)
      }
      for (let n = users.length; n <= FEWEST_USERS; n += 1)
        control.users.create({ email: `more-${n}@example.com`, keys: 2 })
      look()
    },
  }
}
