import { confirmationOf } from '@ostor-console/shared/confirmation'
import { type Role, roleNames, TOKEN_VERBS } from '@ostor-console/shared/roles'
import * as z from 'zod'
import { adminsOf } from '../../../apps/bff/src/adapters/store/admins.ts'
import { apiTokensOf } from '../../../apps/bff/src/adapters/store/api-tokens.ts'
import { saveWhmcsFacts } from '../../../apps/bff/src/adapters/store/whmcs-facts.ts'
import { hashPassword } from '../../../apps/bff/src/features/session/password.ts'
import { hashOf, hintOf, newToken } from '../../../apps/bff/src/features/tokens/token-text.ts'
import { bulkDesk } from '../../../apps/bff/test/bulk-desk.ts'
import { bodyOf } from '../../../apps/bff/test/collecting.ts'
import { blankPlace, type EngineName } from '../../../apps/bff/test/stores.ts'
import { ADMIN, CLUSTER } from '../../../apps/bff/test/world.ts'
import type { Known } from './arbitrary.ts'
import { billed } from './billing.ts'
import { createGuards, type Who } from './guards.ts'
import { READINGS } from './hostile.ts'
import { createMemory } from './memory.ts'
import { createSignIn } from './sign-in.ts'
import { secretsIn } from './verdict.ts'
import { fuzzedWhmcs, tellClient } from './whmcs.ts'

/** Its name and password are what the requests are made of; nobody else signs in with them. */
const VICTIM = 'victim@example.com'
const MOST_USERS = 40
const FEWEST_USERS = 8
/** Who belong to clients, at one time or another. */
const LINKED = 5

const Item = z.looseObject({ id: z.string().optional(), name: z.string().optional() })
const List = z.looseObject({ items: z.array(Item), next: z.string().nullish() })
const Bill = z.looseObject({ lines: z.array(z.looseObject({ lineNo: z.int() })) })
const Handed = z.looseObject({
  code: z.string().optional(),
  seed: z.string().optional(),
  secret: z.string().optional(),
})
/** What the ids or names in the answer of an operation are called elsewhere. */
const MAKERS = /\/clusters\/\{cluster\}\/(?:.*\/)?(audit|bulk|scheduled|statistics|revocation|rotation|deletion)$/
const LISTED: Record<string, string> = { audit: 'operationId', bulk: 'runId', statistics: 'object' }

type Find = (pick: number, context: Record<string, string>) => string

const LEARNT = 'groupId before after operationId runId id object serviceId if-match tokenId sessionId line'.split(' ')

export const without = (all: Set<string>, some: Set<string>): Set<string> =>
  new Set([...all].filter((one) => !some.has(one)))

const one = (values: readonly string[], pick: number): string => values[pick % Math.max(1, values.length)] ?? 'none'

/** A console with something of everything, people who are signed in, and what exists by the name of its parameter. */
export const fuzzWorld = async (engine: EngineName) => {
  const { onRoute, guarded, needsSession } = createGuards()
  const clients = await fuzzedWhmcs()
  const here = await bulkDesk(
    { users: 20, buckets: 12, days: 2, twoKeyUsers: 4, accountUsers: 6, disabledUsers: 3 },
    { onRoute, whmcs: clients.whmcs },
    (await blankPlace(engine)).databaseUrl,
  )
  const { store, oracle, control, collector, setup, simulator } = here
  await saveWhmcsFacts(store, { mode: 'database', linkFieldId: 1 })
  // What cannot be true waits for a decision.
  for (const day of ['01', '02', '03']) {
    const start = `1970-01-${day}T00:00:00.000Z`
    control.statistics.plant(`s3-usage-8000000000000067-${start}-1800`, bodyOf(start, { uploaded: '1000' }))
  }
  await collector.round()

  const passwordHash = await hashPassword(ADMIN.password)
  const signIn = createSignIn(here)
  const person = async (role: Role, name: string = role) => {
    const email = `${name}@fuzz.example`
    await adminsOf(store).create({ email, role, passwordHash })
    return { role, email, session: await signIn(email) }
  }
  const admin: Who = { role: 'admin', email: ADMIN.email, session: here.session() }
  const nobody: Who = { role: null, email: '', session: {} }
  const others = await Promise.all(roleNames.filter((role) => role !== 'admin').map((role) => person(role)))
  const script: Who = { role: 'operator', email: 'operator@fuzz.example', session: {}, isScript: true }
  const people: Who[] = [...Array.from({ length: 6 }, () => admin), ...others, script, nobody]
  const foreign = await person('admin', 'other')
  let turn = 0
  /** Those whom the requests disable, reset and give other roles. */
  const expendable: string[] = []
  const addVictims = async () => {
    for (const role of roleNames) {
      const email = turn === 0 && role === 'admin' ? VICTIM : `victim-${turn}-${role}@example.com`
      expendable.push((await adminsOf(store).create({ email, role, passwordHash })).id)
    }
    expendable.splice(0, expendable.length - 2 * roleNames.length)
  }
  await addVictims()

  let users = oracle.users()
  let buckets = oracle.buckets()
  const told = new Set<string>()
  const handedOver = new Set<string>()
  const look = () => {
    users = oracle.users()
    buckets = oracle.buckets()
    for (const { keys, accounts } of users) {
      for (const { secret } of [keys, accounts.flatMap(({ keys: own }) => own)].flat()) told.add(secret)
    }
  }
  look()
  const withToken = async ({ email }: Who): Promise<Record<string, string>> => {
    const [secret, owner] = [newToken(), await adminsOf(store).findByEmail(email)]
    const token = { id: hashOf(secret), adminId: owner?.id ?? '', name: `fuzz ${turn}`, hint: hintOf(secret) }
    const expiresAt = new Date(here.now().getTime() + 86_400_000)
    await apiTokensOf(store).create({ ...token, verbs: [...TOKEN_VERBS], addresses: [], expiresAt })
    told.add(secret)
    return { authorization: `Bearer ${secret}` }
  }
  script.session = await withToken(script)
  told.add(simulator.secretAccessKey).add(setup.code).add(ADMIN.password)
  for (const secret of clients.secrets) told.add(secret)

  const { learn, seen } = createMemory()
  const groupNames = new Map<string, string>()
  const userOf = ({ userId }: Record<string, string>) => users.find(({ id }) => id === userId)
  const userId: Find = (pick, { clientId }) =>
    users[clientId === undefined ? pick % users.length : 1 + (pick % LINKED)]?.id ?? 'none'
  const accountsOf = (context: Record<string, string>) => userOf(context)?.accounts ?? []

  const months = billed(here, (pick) => userId(pick, {}))
  const FINDERS: Record<string, Find> = {
    ...months.finders,
    ...clients.finders,
    cluster: () => 'demo',
    userId,
    ids: userId,
    ownerId: userId,
    keyId: (pick, context) => {
      if (context['noteId'] !== undefined) return clients.oldKeyId
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
    password: (pick) => (pick % 2 === 0 ? ADMIN.password : 'not the one password'),
    newPassword: () => ADMIN.password,
    code: (pick) => (pick % 3 === 0 ? setup.code : one(seen('link'), pick)),
    text: (pick) => `new-${pick}@example.com\n${users[pick % users.length]?.email}\n`,
    confirmEmail: (_, context) => {
      const user = userOf(context)
      return user ? confirmationOf(user) : 'none'
    },
    confirmName: (_, context) =>
      context['account'] ?? groupNames.get(context['groupId'] ?? '') ?? context['name'] ?? 'none',
    limitedTo: (pick) => one(seen('groupId'), pick),
    emails: (pick) => users[pick % users.length]?.email ?? 'none',
    adminId: (pick) => one(expendable, pick),
    role: (pick) => one(roleNames, pick),
    timeZone: (pick) => one(['Europe/Berlin', 'Asia/Kolkata', 'UTC'], pick),
    'list of ids': (pick) => JSON.stringify([one(pick % 2 === 0 ? users.map(({ id }) => id) : buckets, pick)]),
    'list of addresses': (pick) => JSON.stringify([one(READINGS, pick), one(READINGS, pick + 1)]),
    limit: (pick) => String(1 + (pick % 60)),
    page: (pick) => String(1 + (pick % 4)),
    stepSeconds: (pick) => one(['3600', '86400', '1800'], pick),
    actor: (pick) => one([admin.email, 'console', VICTIM], pick),
    instant: (pick) => new Date(Math.floor(here.now().getTime() / 3_600_000) * 3_600_000 + pick).toISOString(),
  }

  /** Remembers the names in an answer. */
  const learnFrom = (path: string, text: string, etag?: unknown): void => {
    if (typeof etag === 'string') learn('if-match', etag)
    const json: unknown = JSON.parse(text)
    const list = List.safeParse(json).data
    const { code: link, seed, secret } = Handed.safeParse(json).data ?? {}
    for (const shown of [seed, secret]) if (shown !== undefined) told.add(shown)
    if (path.endsWith('/session/all')) for (const { id } of list?.items ?? []) learn('sessionId', id)
    for (const { lineNo } of Bill.safeParse(json).data?.lines ?? []) learn('line', String(lineNo))
    if (path.endsWith('/tokens')) for (const { id } of list?.items ?? []) learn('tokenId', id)
    if (path.endsWith('/whmcs/queue')) for (const { id } of list?.items ?? []) learn('id', id)
    if (path.endsWith('/groups'))
      for (const { id, name } of list?.items ?? [Item.parse(json)]) {
        learn('groupId', id)
        groupNames.set(id ?? '', name ?? '')
      }
    learn('link', link)
    if (link !== undefined) told.add(link)
    learn(path.endsWith('/audit') ? 'before' : 'after', list?.next ?? undefined)
    const noun = MAKERS.exec(path)?.[1]
    if (noun === undefined) return
    for (const { id, name } of list?.items.toReversed() ?? [Item.parse(json)]) {
      learn(LISTED[noun] ?? 'id', noun === 'statistics' ? name : id)
      if (noun === 'statistics') learn('serviceId', name?.slice(9, 25))
    }
  }

  /** A run that has made users, whose keys wait to be handed over, and one that is under way. */
  const makeRuns = async () => {
    const text = `bulk-${turn}-a@example.com\nbulk-${turn}-b@example.com`
    await here.run({ action: 'create' }, { by: 'emails', text }, {}, 3)
    const { id } = await here.plan({ action: 'disable' }, { by: 'filter' })
    await here.post(id, 'start')
  }
  /** A write that the gateway fails, and that can be done again. */
  const failOnce = async () => {
    control.faults.add({ method: 'PUT', status: 403, code: 'AccessDenied' })
    await here.ask('PUT', `/users/${users.at(-1)?.id}/limits`, { opsPerSecond: { get: 1 + turn } })
    control.faults.clear()
  }

  return {
    ...here,
    people,
    foreignToken: foreign.session['x-csrf-token'] ?? '',
    guarded,
    needsSession,
    signIn,
    told,
    look,
    isKnown: (name: string) => name in FINDERS || LEARNT.includes(name),
    learnFrom,
    /** Whoever was given another password by a request has the old one again. */
    forgetPassword: async (email: string): Promise<void> => {
      const found = await adminsOf(store).findByEmail(email)
      if (found) await adminsOf(store).change(found.id, { passwordHash })
    },
    /** The secrets in an answer that hands them over; each may be handed over once. */
    handOver: (text: string): Set<string> => {
      const firsts = without(new Set(secretsIn(text, told)), handedOver)
      for (const secret of firsts) handedOver.add(secret)
      return firsts
    },
    find: ({ name, pick }: Known, context: Record<string, string>): string =>
      FINDERS[name]?.(pick, context) ?? one(seen(name), pick),
    /** What goes on beside the requests; keeps the world of a size, and something in each state. */
    between: async () => {
      turn += 1
      // A request may have ended the session by which this goes on.
      admin.session = await signIn(admin.email)
      await here.round()
      if (turn % 3 === 0) await here.work()
      if (turn % 10 === 0) {
        await addVictims()
        // A proof of who somebody is holds for ten minutes.
        for (const who of new Set(people)) {
          if (who.role !== null) who.session = await (who.isScript ? withToken(who) : signIn(who.email))
        }
      }
      if (turn % 5 === 1) await makeRuns()
      await failOnce()
      learnFrom('/whmcs/queue', await tellClient(here, users[1 + (turn % LINKED)]?.id ?? ''))
      await months.between()
      await clients.renewNotes()
      learnFrom('/session/all', (await here.admin('GET', '/api/v1/session/all')).body)
      await here.ask('POST', '/groups', { name: `group ${turn}`, domains: [] })
      look()
      for (const { id } of users.slice(1 + MOST_USERS)) {
        if (oracle.buckets(id).length === 0) control.users.remove(id)
      }
      for (let n = users.length; n <= FEWEST_USERS; n += 1)
        control.users.create({ email: `more-${n}@example.com`, keys: 2 })
      look()
      for (const path of [
        'groups',
        'audit?limit=12',
        'bulk',
        'scheduled',
        'statistics?limit=3',
        'statistics?state=quarantined',
      ]) {
        const { body } = await here.admin('GET', `${CLUSTER}/${path}`)
        learnFrom(`/clusters/{cluster}/${path.split('?')[0]}`, body)
      }
    },
  }
}
