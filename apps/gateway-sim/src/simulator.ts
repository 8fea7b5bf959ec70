import { once } from 'node:events'
import type { Server } from 'node:http'
import { createCalls } from './calls.ts'
import { type Control, createControl } from './control/control.ts'
import { createControlServer } from './control/control-server.ts'
import { createFaults } from './faults/faults.ts'
import { createGateway } from './gateway.ts'
import type { World } from './operations/operation.ts'
import { type SimulatorOptions, settle } from './options.ts'
import { createStatistics } from './statistics/statistics.ts'
import { createTraffic } from './statistics/traffic.ts'
import { createBuckets } from './world/buckets.ts'
import { createClock } from './world/clock.ts'
import { createNames } from './world/names.ts'
import { sellQuotas } from './world/quotas.ts'
import { createUsers } from './world/users.ts'

export type Simulator = {
  /** The gateway's address, such as `http://127.0.0.1:9000`. */
  endpoint: string
  controlEndpoint: string
  accessKeyId: string
  secretAccessKey: string
  /** The control address in process. */
  control: Control
  close: () => Promise<void>
}

const listen = async (server: Server, port: number): Promise<string> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`
}

const stop = async (server: Server) => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** Starts a gateway on the loopback address. Throws one clear line where an option is wrong or a port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settle(options)
  const clock = createClock(settings.now || undefined)
  const names = createNames(settings.seed)
  const users = createUsers(settings, names, clock)
  const buckets = createBuckets(settings, names, clock)
  const statistics = createStatistics(settings, clock, createTraffic(settings, users, buckets))
  const kept = { limits: new Map(), quotas: sellQuotas(settings, buckets, clock), replication: new Map() }
  const world: World = { settings, clock, users, buckets, statistics, ...kept }
  const faults = createFaults()
  const calls = createCalls()
  const control = createControl(world, faults, calls)
  const gateway = createGateway(world, faults, calls)
  const controlServer = createControlServer(control)
  const close = async () => {
    await Promise.all([stop(gateway), stop(controlServer)])
  }

  const [first] = users.system.keys
  try {
    const endpoint = await listen(gateway, settings.port)
    const controlEndpoint = await listen(controlServer, settings.controlPort)
    return {
      endpoint,
      controlEndpoint,
      accessKeyId: first?.id ?? '',
      secretAccessKey: first?.secret ?? '',
      control,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
