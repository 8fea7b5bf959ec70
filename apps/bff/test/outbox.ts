import type { WhmcsMode } from '@ostor-console/shared/whmcs'
import { onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { clientLinksOf } from '../src/adapters/store/client-links.ts'
import { messageSendingOf } from '../src/adapters/store/message-sending.ts'
import { addMessages, type NewMessage } from '../src/adapters/store/message-writing.ts'
import { messagesOf } from '../src/adapters/store/messages.ts'
import { deliveryOf } from '../src/whmcs-delivery.ts'
import { createWhmcsWorker } from '../src/whmcs-worker.ts'
import { type EngineName, emptyStore } from './stores.ts'
import { stubWhmcs } from './stub-whmcs.ts'

type Options = { engine?: EngineName; mode?: WhmcsMode; parallel?: number; linkFieldId?: number | null }

const START = Date.parse('2026-11-02T10:00:00Z')
export const SECRET = 'canary-of-a-secret-key'
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

const secretOf = async (): Promise<Secret | null> => Secret.of(SECRET)

/** A queue, a worker on a clock of its own, and a WHMCS that fails as it is told and takes 200 ms for each call. */
export const outbox = async ({
  engine = 'duckdb',
  mode = 'append',
  parallel = 2,
  linkFieldId = null,
}: Options = {}) => {
  const store = await emptyStore(engine)
  let ms = START
  const now = () => new Date(ms)
  const stub = stubWhmcs({ takes: () => (ms += 200) })
  const links = clientLinksOf(store)
  const messages = messagesOf(store, { now })
  const notes = mode === 'database' ? stub.database : null

  const workerAs = (holder: string, more: { secretOf?: typeof secretOf; isOurs?: () => boolean } = {}) => {
    const sending = messageSendingOf(store, { holder, now })
    const deliver = deliveryOf({ mode, whmcs: stub.whmcs, notes, linkFieldId, links, secretOf, now, ...more })
    const worker = createWhmcsWorker({
      sending,
      deliver,
      probe: () => stub.whmcs.describe(),
      parallel,
      log: SILENT,
      now,
      chance: () => 0.5,
      isAlone: store.engine === 'duckdb',
      ...(more.isOurs && { isOurs: more.isOurs }),
    })
    onTestFinished(() => worker.stop())
    return { worker, sending }
  }
  const { worker, sending } = workerAs('here')

  return {
    ...stub,
    store,
    links,
    messages,
    sending,
    workerAs,
    now,
    round: () => worker.round(),
    later: (by: number) => {
      ms += by
    },
    tell: (...told: NewMessage[]) => store.transaction((tx) => addMessages(tx, told, now())),
    /** A note about a key of a client. */
    note: (clientId: number, keyId: string): NewMessage => ({
      kind: 'note.add',
      mark: 'k',
      clientId,
      text: `Access key ID: ${keyId}`,
      cluster: 'demo',
      userId: `u${clientId}`,
      keyId,
    }),
    all: async () => (await messages.list({ show: 'all', page: 1, pageSize: 20_000 })).items,
    find: async (id: string | undefined) => messages.find(id ?? ''),
  }
}
