import { afterEach, expect, test, vi } from 'vitest'
import { read } from './reads.ts'

const A = '/api/v1/clusters/default/users'
const B = '/api/v1/clusters/default/buckets?search=ü'

type Sent = { url: string; signal: AbortSignal | null | undefined }

/** Answers every request with this, and notes what was sent. */
const answering = (answer: () => Response): Sent[] => {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    sent.push({ url, signal: init?.signal })
    return answer()
  })
  return sent
}

const bytes = (text: string, at: number[]): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start: (controller) => {
      const all = new TextEncoder().encode(text)
      for (const [index, end] of [...at, all.length].entries()) controller.enqueue(all.slice(at[index - 1] ?? 0, end))
      controller.close()
    },
  })

const lines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const bodies = (answers: { json: () => Promise<unknown> }[]) => Promise.all(answers.map((answer) => answer.json()))

afterEach(() => vi.unstubAllGlobals())

test('what is asked for by itself is asked for at its own address', async () => {
  const sent = answering(() => Response.json({ alone: true }))
  expect(await bodies([await read(A, {})])).toEqual([{ alone: true }])
  expect(sent.map(({ url }) => url)).toEqual([A])
})

test('what is asked for in one turn goes in one request, and each gets its own answer, however it is cut', async () => {
  const text = lines({ index: 1, status: 404, body: { title: 'Größe' } }, { index: 0, status: 200, body: { of: 'a' } })
  const sent = answering(() => new Response(bytes(text, [9, text.indexOf('ö') + 1])))
  const answers = await Promise.all([read(A, {}), read(B, {})])
  expect(answers.map(({ ok, status }) => [ok, status])).toEqual([
    [true, 200],
    [false, 404],
  ])
  expect(await bodies(answers)).toEqual([{ of: 'a' }, { title: 'Größe' }])
  const [request] = sent
  expect(sent).toHaveLength(1)
  expect(JSON.parse(new URL(request?.url ?? '', 'http://console').searchParams.get('addresses') ?? '')).toEqual([A, B])
})

test('an answer that is cut off fails what it does not hold, and nothing else', async () => {
  answering(() => new Response(bytes(lines({ index: 0, status: 200, body: 1 }), [])))
  const [first, second] = await Promise.allSettled([read(A, {}), read(B, {})])
  expect(first).toMatchObject({ status: 'fulfilled', value: { status: 200 } })
  expect(second.status).toBe('rejected')
})

test('a refusal of all is the answer to each', async () => {
  answering(() => Response.json({ type: '/problems/session-required' }, { status: 401 }))
  const answers = await Promise.all([read(A, {}), read(B, {})])
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(await bodies(answers)).toEqual([
    { type: '/problems/session-required' },
    { type: '/problems/session-required' },
  ])
})

test('one that is not wanted any more leaves the others, and the last one ends the request', async () => {
  const sent = answering(() => new Response(new ReadableStream()))
  const [one, other] = [new AbortController(), new AbortController()]
  const both = [read(A, { signal: one.signal }), read(B, { signal: other.signal })]
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  one.abort()
  await expect(both[0]).rejects.toThrow(/abort/)
  expect(sent[0]?.signal?.aborted).toBe(false)
  other.abort()
  await expect(both[1]).rejects.toThrow(/abort/)
  expect(sent[0]?.signal?.aborted).toBe(true)
})

test('more than one request holds goes in several, and a session is read by itself', async () => {
  const sent = answering(() => Response.json({}, { status: 503 }))
  const long = Array.from({ length: 23 }, (_, index) => read(`${A}/${index}`, {}))
  await Promise.all([...long, read('/api/v1/session', {})])
  expect(sent.map(({ url }) => url.split('?')[0])).toEqual(['/api/v1/session', '/api/v1/reads', '/api/v1/reads'])
})
