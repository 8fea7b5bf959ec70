import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import { onTestFinished } from 'vitest'
import { createGateway, type GatewayConfig, type GatewayParts } from '../src/adapters/gateway/gateway.ts'
import { Secret } from '../src/adapters/gateway/secret.ts'

/** A gateway adapter before a simulator of its own, for one test. */
export const simulated = async (
  options: SimulatorOptions = {},
  config: Partial<GatewayConfig> = {},
  parts: GatewayParts = {},
) => {
  const simulator = await startSimulator({ users: 5, buckets: 12, days: 1, ...options })
  const gateway = createGateway(
    {
      endpoint: simulator.endpoint,
      accessKeyId: simulator.accessKeyId,
      secretAccessKey: Secret.of(simulator.secretAccessKey),
      signature: 'v2',
      region: 'us-east-1',
      ...config,
    },
    { random: () => 0, ...parts },
  )
  onTestFinished(async () => {
    await gateway.close()
    await simulator.close()
  })
  return { simulator, gateway }
}
