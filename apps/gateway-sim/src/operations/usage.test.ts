import { describe, expect, test } from 'vitest'
import { ask, read, readObject } from '../../test/client.ts'
import { startStill } from '../../test/still.ts'
import type { SimulatorOptions } from '../options.ts'
import type { Simulator } from '../simulator.ts'

let simulator: Simulator
const start = async (options?: SimulatorOptions) => {
  simulator = await startStill(options)
}

const object = (name: string) => readObject(simulator, name)

/** Pages as a careful client does: on from the last name until nothing is left. */
const allNames = async (limit: number): Promise<string[]> => {
  const names: string[] = []
  for (;;) {
    const page = await read(simulator, `ostor-usage&after=${encodeURIComponent(names.at(-1) ?? '')}&limit=${limit}`)
    expect(page.nr_items).toBe(page.items.length)
    names.push(...page.items)
    if (!page.truncated) return names
  }
}

describe('the listing', () => {
  test('is in the order of names, service by service, each object once, however it is paged', async () => {
    await start({ services: 3 })
    const whole = await read(simulator, 'ostor-usage')
    expect(whole).toMatchObject({ nr_items: whole.items.length, truncated: false })
    expect(whole.items.length).toBeGreaterThan(3 * 2 * 40)
    expect(whole.items.toSorted()).toEqual(whole.items)
    expect(new Set(whole.items).size).toBe(whole.items.length)
    for (const name of whole.items) {
      expect(name).toMatch(/^s3-usage-80{9}00006[5-7]-2026-03-0[2-4]T\d\d:\d\d:\d\d\.000Z-1800$/)
    }
    expect(await allNames(7)).toEqual(whole.items)
    expect(await allNames(500)).toEqual(whole.items)
  })

  test('starts after any text, be it a name or none', async () => {
    await start()
    const { items } = await read(simulator, 'ostor-usage')
    for (const after of ['a', 's3-usage-8000000000000066', `${items[5]}x`, items[5].slice(0, -2), 'z']) {
      expect((await read(simulator, `ostor-usage&after=${after}`)).items).toEqual(
        items.filter((name: string) => name > after),
      )
    }
  })

  test('is cut at the page size the gateway chooses, and says so', async () => {
    await start({ pageSize: 10 })
    expect(await read(simulator, 'ostor-usage')).toMatchObject({ nr_items: 10, truncated: true })
  })

  test('of a version without paging moves on by deleting alone', async () => {
    await start({ version: '4.6', pageSize: 4 })
    const first = await read(simulator, 'ostor-usage')
    expect(await read(simulator, `ostor-usage&after=${first.items[3]}&limit=1`)).toEqual(first)
    await ask(simulator, 'DELETE', `ostor-usage&obj=${first.items[0]}`)
    expect((await read(simulator, 'ostor-usage')).items.slice(0, 3)).toEqual(first.items.slice(1))
  })

  test.each(['0', '-1', 'x', '', '1e3'])('refuses the limit "%s"', async (limit) => {
    await start()
    expect((await ask(simulator, 'GET', `ostor-usage&limit=${limit}`)).status).toBe(400)
  })

  test('is broken JSON above 710 names on request, and whole at 710', async () => {
    await start({ days: 20, brokenJsonAbove: 710 })
    const { status, text } = await ask(simulator, 'GET', 'ostor-usage&limit=711')
    expect(status).toBe(200)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect((await read(simulator, 'ostor-usage&limit=710')).items).toHaveLength(710)
  })

  test.each([
    ['ignores-after', true, 3],
    ['empty', false, 0],
  ] as const)('with limit and after together %s on request', async (limitWithAfter, truncated, count) => {
    await start({ limitWithAfter })
    const { items } = await read(simulator, 'ostor-usage&limit=3')
    const page = await read(simulator, `ostor-usage&limit=3&after=${items[2]}`)
    expect(page).toEqual({ nr_items: count, truncated, items: items.slice(0, count) })
  })

  test('is empty with statistics switched off', async () => {
    await start({ collectStatistics: false })
    expect(await read(simulator, 'ostor-usage')).toEqual({ nr_items: 0, truncated: false, items: [] })
  })

  test('has names of 1970 on request, first of their service, and they can be read', async () => {
    await start({ names1970: 3 })
    const { items } = await read(simulator, 'ostor-usage')
    expect(items[0]).toBe('s3-usage-8000000000000065-1970-01-01T00:00:00.000Z-1800')
    expect(items.filter((name: string) => name.includes('1970'))).toHaveLength(3)
    expect(items.toSorted()).toEqual(items)
    expect(await allNames(1)).toEqual(items)
    expect(await object(items[1])).toMatchObject({ start_ts: 2, nr_items: 0 })
  })
})

describe('an object', () => {
  test('has every field of the reference, and the number of its items', async () => {
    await start()
    const { items } = await read(simulator, 'ostor-usage')
    const body = await object(items[10])
    expect(Object.keys(body)).toEqual(['fmt_version', 'service_id', 'start_ts', 'period', 'nr_items', 'items'])
    expect(body.nr_items).toBe(body.items.length)
    expect(body.service_id).toBe(8_000_000_000_000_065)
    expect(items[10]).toContain(new Date(body.start_ts * 1000).toISOString())
    expect(body.items[0]).toEqual({
      key: {
        bucket: expect.any(String),
        epoch: expect.any(Number),
        user_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        tag: '',
      },
      counters: {
        ops: { put: expect.any(Number), get: expect.any(Number), list: expect.any(Number), other: expect.any(Number) },
        net_io: { uploaded: expect.any(Number), downloaded: expect.any(Number) },
      },
    })
  })

  test.each([
    ['string', '"service_id":"8000000000000065"'],
    ['bare-hex', '"service_id":800000000000006a'],
  ] as const)('has its service_id as %s on request', async (serviceId, text) => {
    await start({ serviceId })
    const [name] = (await read(simulator, 'ostor-usage')).items
    expect((await ask(simulator, 'GET', `ostor-usage&obj=${name}`)).text).toContain(text)
  })

  test('that was cut by a restart is short, and the next one covers the rest', async () => {
    await start({ restarts: 3, days: 4 })
    const { items } = await read(simulator, 'ostor-usage')
    const periods = await Promise.all(items.map(async (name: string) => (await object(name)).period))
    expect(periods.filter((period) => period < 1700).length).toBeGreaterThan(20)
    const ends = simulator.control.oracle.objects().map(({ startMs, seconds }) => startMs + seconds * 1000)
    for (const [at, { startMs, name }] of simulator.control.oracle.objects().entries()) {
      const isSameService = at > 0 && items[at - 1].slice(0, 25) === name.slice(0, 25)
      expect(isSameService ? startMs : Infinity).toBeGreaterThanOrEqual(ends[at - 1] ?? 0)
    }
    expect(await allNames(5)).toEqual(items)
  })

  test('once deleted is neither listed nor read, and no other one is touched', async () => {
    await start()
    const { items } = await read(simulator, 'ostor-usage')
    const reply = await ask(simulator, 'DELETE', `ostor-usage&obj=${encodeURIComponent(items[1])}`)
    expect([reply.status, reply.text]).toEqual([204, ''])
    expect((await ask(simulator, 'GET', `ostor-usage&obj=${items[1]}`)).status).toBe(404)
    expect((await ask(simulator, 'DELETE', `ostor-usage&obj=${items[1]}`)).status).toBe(404)
    expect((await read(simulator, 'ostor-usage')).items).toEqual(items.filter((name: string) => name !== items[1]))
    expect((await ask(simulator, 'DELETE', 'ostor-usage')).status).toBe(400)
  })

  test('that a test planted is listed in its place and given back byte for byte', async () => {
    await start()
    const name = 's3-usage-8000000000000065-2026-03-03T00:00:00.500Z-1800'
    simulator.control.statistics.plant(name, '{"items":[NaN')
    const { items } = await read(simulator, 'ostor-usage')
    expect(items).toContain(name)
    expect(items.toSorted()).toEqual(items)
    expect((await ask(simulator, 'GET', `ostor-usage&obj=${name}`)).text).toBe('{"items":[NaN')
  })
})
