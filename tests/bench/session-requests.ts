import autocannon from 'autocannon'
import { type ConsoleProcess, signIn } from '../support/console-process.ts'
import { startBare } from './bare-process.ts'
import { type Figure, quantile } from './figure.ts'

const SECONDS = 4
const PAIRS = 5

const rate = async (url: string, headers: Record<string, string>): Promise<number> => {
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections: 20, duration: SECONDS })
  if (non2xx + errors > 0) throw new Error(`${non2xx} refused and ${errors} failed requests at ${url}`)
  return requests.average
}

/** Requests per second of a route behind the session check, beside the bare framework with the same bytes. */
export const sessionRequests = async (console: ConsoleProcess): Promise<Figure> => {
  const { cookie } = await signIn(console)
  const url = `${console.url}/api/v1/clusters`
  const bare = await startBare(await (await fetch(url, { headers: { cookie } })).text(), 'application/json')
  const pairs: { measured: number; floor: number }[] = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const floor = await rate(bare.url, { cookie })
    pairs.push({ floor, measured: await rate(url, { cookie }) })
  }
  await bare.stop()
  const compared = quantile(
    pairs.map(({ measured, floor }) => measured / floor),
    0.5,
  )
  return {
    name: `requests/s with session check, median of ${PAIRS} pairs`,
    unit: '/s',
    measured: quantile(
      pairs.map(({ measured }) => measured),
      0.5,
    ),
    floor: quantile(
      pairs.map(({ floor }) => floor),
      0.5,
    ),
    floorIs: 'the bare framework, same body',
    compared,
    comparedAs: 'ratio',
    goal: '≥ 0.65',
    holds: compared >= 0.65,
  }
}
