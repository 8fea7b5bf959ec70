import type { Session } from '@ostor-console/shared/session'
import type { FastifyServerOptions, RouteOptions } from 'fastify'
import type { Secret } from './adapters/gateway/secret.ts'
import type { Sealer } from './adapters/store/sealed.ts'
import type { Store } from './adapters/store/store.ts'
import type { UsagePush } from './billing-parts.ts'
import type { ClusterParts } from './clusters.ts'
import type { KeyShelf } from './features/bulk/key-shelf.ts'
import type { Setup } from './features/session/setup.ts'
import type { SingleSignOn } from './features/session/sso.routes.ts'
import type { WhmcsSignIn } from './features/session/whmcs-sign-in.routes.ts'
import type { WhmcsParts } from './whmcs-open.ts'
import type { Wait } from './writing/proof.ts'
import type { InTurn } from './writing/turns.ts'

/** What the BFF is built over. */
export type AppParts = {
  config: {
    publicUrl: URL | null
    trustProxy: string[]
    metricsFrom: string[]
    secondStepRequired?: boolean
    staleAfterMs: number
    backupDir?: string | null
    whmcs?: { usagePush: UsagePush } | null
  }
  secretKey: Secret
  /** It still verifies cookies. */
  oldSecretKey?: Secret | null
  sealer: Sealer
  store: Store
  clusters: ClusterParts[]
  logger: NonNullable<FastifyServerOptions['logger']>
  now?: () => Date
  /** How to wait between readings that should show a write. */
  wait?: Wait
  /** Shared with whatever writes beside the requests. */
  inTurn?: InTurn
  /** Shared with what runs bulk changes. */
  shelf?: KeyShelf
  setup?: Setup
  /** The sign-in of the demo, which the sign-in page shows. */
  demo?: Session['demo']
  /** Where people may sign in besides. */
  sso?: SingleSignOn | null
  /** The addon inside WHMCS, where there is one: its keys, and who may come in by it. */
  addon?: WhmcsSignIn | null
  /** Left out where it is off. */
  whmcs?: WhmcsParts
  /** Where the built web app is. */
  webFolder?: string
  server?: Partial<typeof SERVER>
  farewellMs?: number
  /** How the console asks itself at its public address. */
  ask?: (url: URL, init: RequestInit) => Promise<Response>
  /** Told of every route that is registered. */
  onRoute?: (route: RouteOptions) => void
}

/** No request waits for ever, and the console outlasts the 30 s that a list of the gateway may take. */
export const SERVER = {
  requestTimeout: 15_000,
  connectionTimeout: 75_000,
  handlerTimeout: 60_000,
  keepAliveTimeout: 5_000,
  bodyLimit: 256 * 1024,
  http: { connectionsCheckingInterval: 5_000, maxHeaderSize: 16 * 1024 },
}
