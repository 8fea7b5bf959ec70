import { createHmac } from 'node:crypto'
import { Agent, request } from 'undici'
import { type ConsoleProcess, type SignedIn, signIn } from '../support/console-process.ts'
import { type Figure, quantile, timed } from './figure.ts'

type Gateway = { endpoint: string; accessKeyId: string; secretAccessKey: string }

const ROUNDS = 600

/** Reading one user's keys: through the BFF, and as the bare signed call that lies behind it, in turn. */
export const gatewayCall = async (console: ConsoleProcess, gateway: Gateway): Promise<Figure> => {
  const agent = new Agent({ keepAliveTimeout: 30_000 })
  const { cookie }: SignedIn = await signIn(console)

  const read = async (url: string, headers: Record<string, string>): Promise<unknown> => {
    const { statusCode, body } = await request(url, { dispatcher: agent, headers })
    const answer: unknown = await body.json()
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`)
    return answer
  }

  const page = (await read(`${console.url}/api/v1/clusters/default/users?pageSize=50`, { cookie })) as {
    items: { id: string }[]
  }
  const ids = page.items.map(({ id }) => id)
  const idOf = (round: number): string => ids[round % ids.length] ?? ''

  const bare = (round: number): Promise<unknown> => {
    const date = new Date().toUTCString()
    const signature = createHmac('sha1', gateway.secretAccessKey)
      .update(`GET\n\n\n${date}\n/?ostor-users`)
      .digest('base64')
    const headers = { date, authorization: `AWS ${gateway.accessKeyId}:${signature}` }
    return read(`${gateway.endpoint}/?ostor-users&id=${idOf(round)}`, headers)
  }
  const through = (round: number): Promise<unknown> =>
    read(`${console.url}/api/v1/clusters/default/users/${idOf(round)}/keys`, { cookie })

  const floor: number[] = []
  const measured: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const pair = [await timed(() => bare(round)), await timed(() => through(round))] as const
    if (round < 100) continue
    floor.push(pair[0])
    measured.push(pair[1])
  }
  await agent.close()
  const compared = quantile(measured, 0.5) - quantile(floor, 0.5)
  return {
    name: 'gateway call through the BFF, p50',
    unit: 'ms',
    measured: quantile(measured, 0.5),
    floor: quantile(floor, 0.5),
    floorIs: 'the bare signed call',
    compared,
    comparedAs: 'difference',
    goal: '≤ 1 ms more',
    holds: compared <= 1,
  }
}
