import { once } from 'node:events'
import type { Server } from 'node:http'
import { createCalls } from './calls.ts'
import { createControl, type Steered } from './control/control.ts'
import { createControlServer } from './control/control-server.ts'
import { openDatabase } from './database.ts'
import { createFaults } from './faults.ts'
import { type Certificate, createApi, type World } from './server.ts'
import { initialSettings, type Settings } from './settings.ts'

export type WhmcsOptions = {
  /** A MariaDB on which schemas may be made: `mysql://user:password@host:port`. */
  mariadb: string
  /** The schema, which is dropped and made afresh. */
  database?: string | undefined
  port?: number | undefined
  controlPort?: number | undefined
  seed?: number | undefined
  /** How many there are from the start. */
  clients?: number | undefined
  settings?: Partial<Settings>
  /** PEM; with it the address is https. */
  certificate?: Certificate
}

export type Whmcs = Steered & {
  /** Address of `includes/api.php`. */
  url: string
  controlEndpoint: string
  identifier: string
  secret: string
  accessKey: string
  database: string
  close: () => Promise<void>
}

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

const stop = async (server: Server): Promise<void> => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** Starts a WHMCS on the loopback address, over a MariaDB that is there already. */
export const startWhmcs = async (options: WhmcsOptions): Promise<Whmcs> => {
  const { mariadb, database: name = 'whmcs', seed = 1, clients = 12, certificate } = options
  const { database, close: closeDatabase } = await openDatabase({ mariadb, database: name, seed, clients })
  const settings = { ...initialSettings(), ...options.settings }
  const world: World = { database, settings, faults: createFaults(), calls: createCalls() }
  const control = createControl(world)
  let api = createApi(world, certificate)
  const port = await listen(api, options.port ?? 0)

  const down = (): Promise<void> => stop(api)
  const up = async (): Promise<void> => {
    if (api.listening) return
    api = createApi(world, certificate)
    await listen(api, port)
  }

  const controlServer = createControlServer({ control, down, up })
  const controlPort = await listen(controlServer, options.controlPort ?? 0)
  const { identifier, secret, accessKey } = settings
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}/includes/api.php`,
    controlEndpoint: `http://127.0.0.1:${controlPort}`,
    identifier,
    secret,
    accessKey,
    database: name,
    control,
    down,
    up,
    close: async () => {
      await Promise.all([stop(api), stop(controlServer)])
      await closeDatabase()
    },
  }
}
