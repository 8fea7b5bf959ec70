import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { expect, test } from 'vitest'
import { world } from '../../test/world.ts'

const listening = async (farewellMs = 0) => {
  const built = await world({ parts: { farewellMs } })
  const url = await built.app.listen({ host: '127.0.0.1', port: 0 })
  return { ...built, url }
}

const ask = async (url: string, agent: Agent, headers = {}) => {
  const [response] = await once(get(url, { agent, headers }), 'response')
  response.resume()
  await once(response, 'end')
  return { status: response.statusCode as number, connection: response.headers.connection as string | undefined }
}

test('M15 stopping finishes what runs, sends the client away, and does not wait for idle connections', async () => {
  const { app, url, session, simulator } = await listening()
  const agent = new Agent({ keepAlive: true })
  expect(await ask(`${url}/livez`, agent)).toMatchObject({ status: 200, connection: 'keep-alive' })

  simulator.control.faults.add({ latencyMs: 300 })
  const running = ask(`${url}/api/v1/clusters/demo/users`, agent, { cookie: session()['cookie'] })
  await once(app.server, 'request')
  const stopped = app.drain()
  expect(await running).toEqual({ status: 200, connection: 'close' })
  await stopped
  expect(app.server.listening).toBe(false)
  agent.destroy()
})

test('M16 while it stops it is not ready, and says goodbye with every answer', async () => {
  const { app, url } = await listening(500)
  const agent = new Agent({ keepAlive: true })
  await ask(`${url}/livez`, agent)
  const stopped = app.drain()
  const answers = await Promise.all([ask(`${url}/readyz`, agent), ask(`${url}/livez`, agent)])
  expect(answers).toEqual([
    { status: 503, connection: 'close' },
    { status: 200, connection: 'close' },
  ])
  await stopped
  agent.destroy()
})

test('M16 clients that keep asking over kept connections lose no request while it stops', async () => {
  // As long as in earnest, so that a stall of the machine is not taken for a lost request.
  const { app, url } = await listening(1500)
  const clients = Array.from({ length: 16 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const statuses: number[] = []
    for (let isKept = true; isKept; ) {
      const { status, connection } = await ask(`${url}/livez`, agent)
      statuses.push(status)
      isKept = connection !== 'close'
    }
    agent.destroy()
    return statuses
  })
  const answered = Promise.all(clients)
  await once(app.server, 'request')
  await app.drain()
  expect(new Set((await answered).flat())).toEqual(new Set([200]))
})
