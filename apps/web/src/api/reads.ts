import { LONGEST_READS, MOST_READS, type Read, type readsRoutes } from '@ostor-console/shared/reads'

const URL_OF_READS = '/api/v1/reads' satisfies (typeof readsRoutes.list)['url']

/** What is read of an answer, whether it came by itself or with others. */
export type Answer = Pick<Response, 'ok' | 'status' | 'json'>

type Waiting = {
  address: string
  init: RequestInit
  onAnswer: (answer: Answer | Promise<Answer>) => void
  onFailure: (cause: unknown) => void
}

let waiting: Waiting[] = []

/**
 * Reads one address of the console. Those that are asked for in one turn, as by a page that opens, go in one request.
 * The session is read by itself: it is there when nobody is signed in.
 */
export const read = (address: string, init: RequestInit): Promise<Answer> => {
  if (address.startsWith('/api/v1/session')) return fetch(address, init)
  return new Promise<Answer>((onAnswer, onFailure) => {
    if (waiting.length === 0) setTimeout(sendWaiting)
    waiting.push({ address, init, onAnswer, onFailure })
  })
}

const sendWaiting = (): void => {
  const all = waiting.filter(({ init, onFailure }) => {
    if (init.signal?.aborted) onFailure(init.signal.reason)
    return !init.signal?.aborted
  })
  waiting = []
  let together: Waiting[] = []
  for (const one of all) {
    if (together.length === MOST_READS || listOf([...together, one]).length > LONGEST_READS) {
      sendTogether(together)
      together = []
    }
    together.push(one)
  }
  sendTogether(together)
}

const listOf = (some: Waiting[]): string => JSON.stringify(some.map(({ address }) => address))

const sendTogether = (some: Waiting[]): void => {
  const [first, second] = some
  if (first && !second) first.onAnswer(fetch(first.address, first.init))
  if (second) void readTogether(some)
}

const readTogether = async (some: Waiting[]): Promise<void> => {
  const left = new Map(some.entries())
  const nobodyWaits = new AbortController()
  for (const [index, { init, onFailure }] of left) {
    init.signal?.addEventListener('abort', () => {
      if (!left.delete(index)) return
      onFailure(init.signal?.reason)
      if (left.size === 0) nobodyWaits.abort()
    })
  }
  try {
    const response = await fetch(`${URL_OF_READS}?${new URLSearchParams({ addresses: listOf(some) })}`, {
      ...some[0]?.init,
      signal: nobodyWaits.signal,
    })
    if (response.ok && response.body) await takeLines(response.body, left)
    else {
      const refusal: unknown = await response.json()
      for (const { onAnswer } of left.values()) onAnswer(answerOf(response.status, refusal))
      left.clear()
    }
    throw new Error('The answer ended too early')
  } catch (cause) {
    for (const { onFailure } of left.values()) onFailure(cause)
  }
}

const takeLines = async (body: ReadableStream<BufferSource>, left: Map<number, Waiting>): Promise<void> => {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let unfinished = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = `${unfinished}${part.value}`.split('\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) {
      const { index, status, body: answered }: Read = JSON.parse(line)
      left.get(index)?.onAnswer(answerOf(status, answered))
      left.delete(index)
    }
  }
}

const answerOf = (status: number, body: unknown): Answer => ({
  ok: status >= 200 && status < 300,
  status,
  json: async () => body,
})
