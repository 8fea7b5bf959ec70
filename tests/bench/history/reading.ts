import { createGateway } from '../../../apps/bff/src/adapters/gateway/gateway.ts'
import { Secret } from '../../../apps/bff/src/adapters/gateway/secret.ts'
import type { GatewayAddress } from '../../support/console-process.ts'

// As the collector does.
const AT_ONCE = 4

/** Rows a second of a gateway's first objects, each fetched and parsed, and nothing done with them. */
export const readingAlone = async (simulator: GatewayAddress, objects: number): Promise<number> => {
  const { secretAccessKey, ...address } = simulator
  const gateway = createGateway(
    { ...address, secretAccessKey: Secret.of(secretAccessKey), signature: 'v2', region: 'us-east-1' },
    {},
  )
  const names: string[] = []
  for (let after: string | undefined; names.length < objects; after = names.at(-1)) {
    const page = await gateway.listStatistics(after === undefined ? {} : { after })
    names.push(...page.names)
    if (!page.truncated) break
  }
  const waiting = names.slice(0, objects).values()
  let rows = 0
  const read = async (): Promise<void> => {
    for (const name of waiting) {
      const found = await gateway.readStatistics(name)
      rows += found?.object.items.length ?? 0
    }
  }
  const before = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, read))
  const seconds = (performance.now() - before) / 1000
  await gateway.close()
  return rows / seconds
}
