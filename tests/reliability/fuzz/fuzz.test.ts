import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { ENGINES } from '../../../apps/bff/test/stores.ts'
import { readApi } from './api.ts'
import { type Draft, draftsOf } from './drafts.ts'
import { type Shaped, shape } from './shape.ts'
import { type Answer, secretsIn, wrongWith } from './verdict.ts'
import { fuzzWorld, without } from './world.ts'

// `npm run test:fuzz -- --requests 200000 --minutes 12 --seed 5 --store duckdb` sets them.
const USUAL = 1_000
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? USUAL)
const MINUTES = Number(process.env['FUZZ_MINUTES'] ?? Number.POSITIVE_INFINITY)
const SEED = Number(process.env['FUZZ_SEED'] ?? 5)
const STORE = z.enum(ENGINES).parse(process.env['FUZZ_STORE'] ?? 'duckdb')
const AT_ONCE = 500
/** With fewer requests, chance decides which operations had all that they need. */
const ENOUGH = 75_000
const BETWEEN = REQUESTS >= ENOUGH ? 250 : 100
const FEWER = 10_000
const SOME_NEVER = 0.08
const MOST_NEVER = 0.4
/** Even then not all that a few need, such as a change that waits and is moved to a good time, is there at once. */
const FEW_NEVER = 0.02
const CHANGES_SESSION = /\/(session|session\/proof|session\/second-factor|account\/.*|setup|join)$/
/**
 * There is a first admin already; what an app or a passkey answers is not met by chance, nor are a month that is whole and
 * over, an object that may be deleted, and a run's keys, which only the session that began it gets.
 */
const NOT_BY_CHANCE = [
  /\/setup$|second-factor$|recovery-codes$|passkey$|passkeys(\/\{passkeyId\})?$/,
  /billing\/plans(\/\{planId\})?$|months\/\{month\}\/(close|push)$/,
  /^DELETE .*\/statistics\/\{name\}$|bulk\/\{runId\}\/keys$/,
]
/** For the types of `inject`, which knows these only and sends any. */
const Method = z.custom<'GET'>((method) => typeof method === 'string')

test('the API answers every request as it says, and no invalid one reaches the gateway', {
  timeout: 14_400_000,
}, async () => {
  const here = await fuzzWorld(STORE)
  const { app, control, told, people, lines } = here
  const description = await here.admin('GET', '/api/openapi.json')
  const api = readApi(description.body)
  const documented = new Set(api.operations.map(({ method, path }) => `${method} ${path}`))
  const drafts = draftsOf(api, here.isKnown)
  const counts = new Map<string, { all: number; well: number }>(
    [...documented].map((name) => [name, { all: 0, well: 0 }]),
  )
  const statuses = new Map<number, number>()
  const wrong: string[] = []

  const send = async (
    { method, url, headers, payload }: Shaped,
    address: number,
  ): Promise<Answer & { etag: unknown }> => {
    // The events go on for a minute; what comes first is enough.
    const isEndless = url.includes('/operations/events')
    const reply = await app.inject({
      method: Method.parse(method),
      url,
      headers,
      ...(payload !== undefined && { payload }),
      remoteAddress: `192.168.7.${address % 250}`,
      payloadAsStream: isEndless,
    })
    if (isEndless) reply.stream().destroy()
    return {
      status: reply.statusCode,
      type: reply.headers['content-type'] ?? '',
      text: isEndless ? '' : reply.body,
      headers: JSON.stringify(reply.headers),
      etag: reply.headers['etag'],
    }
  }

  const one = async (draft: Draft, n: number): Promise<void> => {
    const operation = api.operations[draft.operation]
    const who = people[draft.who % people.length]
    if (!operation || !who) throw new Error('there is no such operation')
    const asked = shape(draft, operation, {
      find: here.find,
      session: who.session,
      foreignToken: here.foreignToken,
      isDocumented: (method, path) => documented.has(`${method} ${path}`),
      guarded: here.guarded(`${operation.method} ${operation.path}`, who),
      needsSession: here.needsSession(`${operation.method} ${operation.path}`),
    })
    control.clearCalls()
    const answer = await send(asked, draft.address)
    const reached = control.calls()
    const firsts = operation.path.endsWith('/bulk/{runId}/keys') ? here.handOver(answer.text) : new Set<string>()
    const found = wrongWith(asked, operation, answer, reached, firsts.size > 0 ? without(told, firsts) : told)
    if (found.length > 0)
      wrong.push(
        `${n}: ${found.join('; ')}\n${curl(asked, who.role ?? 'nobody')}\n→ ${answer.status} ${answer.text.slice(0, 500)}`,
      )

    const count = counts.get(`${operation.method} ${operation.path}`)
    if (count) count.all += 1
    if (count && answer.status < 400) count.well += 1
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    if (answer.status < 300 && answer.type.startsWith('application/json;'))
      here.learnFrom(operation.path, answer.text, answer.etag)
    if (reached.some(({ method }) => method !== 'GET')) here.look()
    if (answer.status < 300 && CHANGES_SESSION.test(operation.path) && asked.method !== 'GET' && who.role !== null) {
      if (operation.path.endsWith('/password')) await here.forgetPassword(who.email)
      who.session = await here.signIn(who.email)
    }
  }

  const started = performance.now()
  const isOver = (): boolean => performance.now() - started > MINUTES * 60_000
  for (let n = 0; n < REQUESTS && wrong.length < 5 && !isOver(); n += AT_ONCE) {
    for (const [index, draft] of fc.sample(drafts, { numRuns: AT_ONCE, seed: SEED * 1_000_003 + n }).entries()) {
      if (n + index >= REQUESTS || wrong.length >= 5) break
      await one(draft, n + index)
      if ((n + index) % BETWEEN === BETWEEN - 1) await here.between()
    }
    expect(lines.splice(0).filter((line) => secretsIn(line, told).length > 0)).toEqual([])
  }
  const seconds = (performance.now() - started) / 1000
  const asked = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  const never = [...counts]
    .filter(([name, { well }]) => well === 0 && !NOT_BY_CHANCE.some((each) => each.test(name)))
    .map(([name]) => name)
  // Whoever runs this wants to know; a green line does not say.
  console.log(
    `${asked} requests, seed ${SEED}, ${STORE}, ${Math.round(asked / seconds)} a second; answers ${JSON.stringify(Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b)))}; never answered well: ${never.join(', ') || 'none'}, of which ${Math.floor(mostNever(counts.size, asked))} may be`,
  )
  expect(wrong.join('\n\n')).toBe('')
  expect(never.length).toBeLessThanOrEqual(mostNever(counts.size, asked))
})

/** How many operations may have had no answer that is well, by chance. */
const mostNever = (operations: number, asked: number): number => {
  if (asked >= ENOUGH) return FEW_NEVER * operations
  if (asked >= FEWER) return SOME_NEVER * operations
  return asked >= USUAL ? MOST_NEVER * operations : operations
}

/** As a command line; what signs somebody in is left out. */
const curl = ({ method, url, headers, payload }: Shaped, role: string): string => {
  const hidden: Record<string, string> = { cookie: `sid=$SESSION_OF_${role.toUpperCase()}`, 'x-csrf-token': '$TOKEN' }
  const given = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${hidden[name] ?? value}`)}`)
  const data =
    payload === undefined
      ? []
      : [`--data-binary ${quoted(typeof payload === 'string' ? payload : `base64:${payload.toString('base64')}`)}`]
  return ['curl', '-X', method, `"$CONSOLE"${quoted(url)}`, ...given, ...data].join(' ').slice(0, 2_000)
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
