import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readApi } from './api.ts'
import { draftsOf } from './drafts.ts'
import { exchange, FRAMES, headOf } from './framing.ts'
import { shape } from './shape.ts'
import { fuzzWorld } from './world.ts'

const REQUESTS = Number(process.env['FRAMING_REQUESTS'] ?? 200)
const SEED = Number(process.env['FUZZ_SEED'] ?? 5)
/** What no client can send as it stands. */
const UNSENDABLE = /[\r\n]/

test('bytes that readers may take for another request are refused, and nothing of them reaches the gateway', {
  timeout: 3_600_000,
}, async () => {
  const here = await fuzzWorld('duckdb')
  const { app, control, people } = here
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('there is no port')
  const api = readApi((await here.admin('GET', '/api/openapi.json')).body)

  let sent = 0
  for (const [n, draft] of fc.sample(draftsOf(api, here.isKnown), { numRuns: REQUESTS, seed: SEED }).entries()) {
    const operation = api.operations[draft.operation]
    const frame = FRAMES[n % FRAMES.length]
    const who = people[draft.who % people.length]
    if (
      !operation ||
      !frame ||
      !who ||
      operation.path.includes('events') ||
      /session|join|account/.test(operation.path)
    )
      continue
    const asked = shape(draft, operation, {
      find: here.find,
      session: who.session,
      foreignToken: here.foreignToken,
      isDocumented: () => true,
      guarded: here.guarded(`${operation.method} ${operation.path}`, who),
      needsSession: here.needsSession(`${operation.method} ${operation.path}`),
    })
    const head = headOf(asked)
    if (asked.method === 'GET' || head.some((line) => UNSENDABLE.test(line))) continue
    control.clearCalls()
    const answer = await exchange(address.port, frame.frame(head, Buffer.from(asked.payload ?? '')), frame)
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
    const writes = control.calls().filter(({ method }) => method !== 'GET').length
    sent += 1
    const said = { n, frame: frame.name, url: asked.url, status, writes }
    expect({ ...said, isFailure: status >= 500, answers: answer.split('HTTP/1.1 ').length - 1 }).toEqual({
      ...said,
      isFailure: false,
      answers: status === 0 ? 0 : 1,
    })
    const mayPass = !frame.isRefused && asked.mustRefuse === null
    const isRefused = (status === 0 || status >= 400) && writes === 0
    expect({ ...said, isRight: mayPass || isRefused }).toEqual({ ...said, isRight: true })
  }
  console.log(`${sent} requests as bytes, seed ${SEED}`)
})
