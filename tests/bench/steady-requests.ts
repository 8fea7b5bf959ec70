import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { type ConsoleProcess, type SignedIn, signIn } from '../support/console-process.ts'
import { startBare } from './bare-process.ts'
import { type Figure, quantile } from './figure.ts'

const A_SECOND = 2_000
const SECONDS = 8
const PAIRS = 5
const GOAL_MS = 25

/** Somebody whose role does not allow everything, so that it has to be looked at. */
const operator = async (console: ConsoleProcess): Promise<SignedIn> => {
  const { headers } = await signIn(console)
  const [email, password] = ['operator@provider.example', 'correct horse battery staple']
  const post = async (path: string, body: object): Promise<Response> => {
    const reply = await fetch(`${console.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`)
    return reply
  }
  const { code } = (await (await post('/api/v1/admins', { email, role: 'operator' })).json()) as { code: string }
  await post('/api/v1/join', { code, password })
  return signIn({ ...console, email, password })
}

/**
 * Each request is sent at its own moment, and counts from then, so that waiting for the ones before counts as well.
 * autocannon's rates are not used here: it sends what belongs to a second all at once when the second begins.
 */
const p99 = async (url: string, headers: Record<string, string>): Promise<{ ms: number; asked: number }> => {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: 50 })
  const took: number[] = []
  const ask = async (due: number): Promise<void> => {
    const { statusCode, body } = await pool.request({ path: pathname, method: 'GET', headers })
    await body.dump()
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`)
    took.push(performance.now() - due)
  }
  const asked: Promise<void>[] = []
  const began = performance.now()
  while (asked.length < A_SECOND * SECONDS) {
    const isDue = began + (asked.length * 1000) / A_SECOND <= performance.now()
    if (isDue) asked.push(ask(began + (asked.length * 1000) / A_SECOND))
    else await pause(1)
  }
  const seconds = (performance.now() - began) / 1000
  await Promise.all(asked)
  await pool.close()
  return { ms: quantile(took, 0.99), asked: asked.length / seconds }
}

/** The slowest hundredth at a steady rate, behind the checks of session and role, beside the bare framework. */
export const steadyRequests = async (console: ConsoleProcess): Promise<Figure> => {
  const { cookie } = await operator(console)
  const url = `${console.url}/api/v1/clusters`
  const bare = await startBare(await (await fetch(url, { headers: { cookie } })).text(), 'application/json')
  const pairs: { measured: number; floor: number; asked: number }[] = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const { ms: floor } = await p99(bare.url, { cookie })
    const { ms: measured, asked } = await p99(url, { cookie })
    pairs.push({ floor, measured, asked })
  }
  await bare.stop()
  const median = (of: 'measured' | 'floor' | 'asked'): number =>
    quantile(
      pairs.map((pair) => pair[of]),
      0.5,
    )
  const asked = Math.round(median('asked'))
  return {
    name: `p99 at ${A_SECOND} requests/s with session and role check, median of ${PAIRS} pairs`,
    note: `${asked}/s were asked`,
    unit: 'ms',
    measured: median('measured'),
    floor: median('floor'),
    floorIs: 'the bare framework, same body',
    compared: median('measured'),
    comparedAs: 'value',
    goal: `≤ ${GOAL_MS} ms`,
    holds: median('measured') <= GOAL_MS && asked >= A_SECOND * 0.98,
  }
}
