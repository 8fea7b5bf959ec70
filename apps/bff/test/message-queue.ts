import type { WhmcsMode } from '@ostor-console/shared/whmcs'
import { onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { clientLinksOf } from '../src/adapters/store/client-links.ts'
import { messageSendingOf } from '../src/adapters/store/message-sending.ts'
import { addMessages, type NewMessage } from '../src/adapters/store/message-writing.ts'
import { messagesOf } from '../src/adapters/store/messages.ts'
import type { Whmcs, WhmcsNotes } from '../src/adapters/whmcs/whmcs.ts'
import { deliveryOf } from '../src/whmcs-delivery.ts'
import { createWhmcsWorker } from '../src/whmcs-worker.ts'
import { type EngineName, emptyStore } from './stores.ts'
import type { TestClock } from './test-clock.ts'

export type QueueOptions = { engine?: EngineName; mode?: WhmcsMode; parallel?: number; linkFieldId?: number | null }
type To = { whmcs: Whmcs; notes: WhmcsNotes | null; clock: TestClock }

export const SECRET = 'canary-of-a-secret-key'
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

const secretOf = async (): Promise<Secret | null> => Secret.of(SECRET)

/** Messages to a WHMCS, and a worker on a clock of its own that delivers them when a test says so. */
export const messageQueue = async (
  { whmcs, notes, clock: { now, later } }: To,
  { engine = 'duckdb', mode = 'append', parallel = 2, linkFieldId = null }: QueueOptions = {},
) => {
  const store = await emptyStore(engine)
  const links = clientLinksOf(store)
  const messages = messagesOf(store, { now })

  const workerAs = (holder: string, more: { secretOf?: typeof secretOf; isOurs?: () => boolean } = {}) => {
    const sending = messageSendingOf(store, { holder, now })
    const deliver = deliveryOf({ mode, whmcs, notes, linkFieldId, links, secretOf, now, ...more })
    const worker = createWhmcsWorker({
      sending,
      deliver,
      probe: () => whmcs.describe(),
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
    store,
    links,
    messages,
    sending,
    workerAs,
    now,
    later,
    round: () => worker.round(),
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
