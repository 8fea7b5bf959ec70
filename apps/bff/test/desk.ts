import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import type { Simulator } from '@ostor-console/gateway-sim/simulator'
import type { AuditEntry } from '@ostor-console/shared/audit'
import type { Problem } from '@ostor-console/shared/problem'
import { expect, onTestFinished } from 'vitest'
import type { AppParts } from '../src/app.ts'
import { CLUSTER, world } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Answer<T> = { status: number; body: T; text: string; headers: Record<string, unknown> }

/**
 * An admin at work: a world in which nothing waits, and which fails the test when a secret turns up in an answer, in
 * the log, in the audit or in a bulk change, other than in the answer that was expected to hold it.
 */
export async function desk(
  simulatorOptions: SimulatorOptions = {},
  {
    now,
    parts: more,
    databaseUrl,
  }: { now?: () => Date; parts?: Partial<AppParts>; databaseUrl?: string | undefined } = {},
) {
  const lines: string[] = []
  const answers: string[] = []
  const logger = { level: 'debug', stream: { write: (line: string) => void lines.push(line) } }
  const parts = { logger, wait: async () => undefined, ...more }
  const here = await world({
    simulator: simulatorOptions,
    parts,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(now && { now }),
  })
  const { simulator, admin, store } = here
  const { oracle } = simulator.control
  const atStart = secretsOf(simulator)

  /** Asks below the cluster's path. */
  const ask = async <T = Problem>(
    method: Method,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer<T>> => {
    const reply = await admin(method, `${CLUSTER}${path}`, body, headers)
    answers.push(reply.body)
    return {
      status: reply.statusCode,
      body: (reply.body === '' ? undefined : reply.json()) as T,
      text: reply.body,
      headers: reply.headers,
    }
  }

  onTestFinished(async () => {
    const audited = await store.db.selectFrom('audit').selectAll().execute()
    const items = await store.db.selectFrom('bulk_items').selectAll().limit(1000).execute()
    const rows = [...audited, ...items]
    const written = [...answers, ...lines, ...rows.map((row) => JSON.stringify(row, plain))]
    const secrets = new Set([...atStart, ...secretsOf(simulator)])
    expect(written.filter((text) => [...secrets].some((secret) => text.includes(secret)))).toEqual([])
  })

  return {
    ...here,
    ask,
    oracle,
    control: simulator.control,
    lines,
    /** For the one answer that may hold a secret: it is taken out of what is searched. */
    handOver: (answer: { text: string }) => answers.splice(answers.indexOf(answer.text), 1),
    /** What was asked to be changed at the gateway, as `POST /?ostor-users&…`. */
    writes: () =>
      simulator.control
        .calls()
        .filter(({ method }) => method !== 'GET')
        .map(({ method, url }) => `${method} ${url}`),
    /** An ordinary user: 1 is the first. */
    user: (n: number) => {
      const found = oracle.users()[n]
      if (!found) throw new Error(`there is no user ${n}`)
      return found
    },
    audit: async () => {
      const { body } = await ask<{ items: AuditEntry[] }>('GET', '/audit')
      return body.items.filter(({ cluster }) => cluster !== null)
    },
  }
}

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

const secretsOf = ({ control, secretAccessKey }: Simulator): string[] => [
  secretAccessKey,
  ...control.oracle
    .users()
    .flatMap(({ keys, accounts }) => [keys, ...accounts.map((account) => account.keys)].flat())
    .map(({ secret }) => secret),
]
