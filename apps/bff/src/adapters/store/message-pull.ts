import { markerOf } from './markers.ts'
import { type Claimed, messageSendingOf } from './message-sending.ts'
import type { Store } from './store.ts'
import { whmcsFacts } from './whmcs-facts.ts'

export type Pulled = Pick<Claimed, 'id' | 'clientId' | 'marker' | 'text' | 'payload' | 'mayHaveArrived'> & {
  /** What takes the place of a removal that cannot be; its marker stands in the text. */
  insteadMarker: string | null
  /** The field of the client that `link.set` sets. */
  fieldId: number | null
}
export type PulledOutcome =
  | { is: 'done'; noteId: number | null }
  | { is: 'refused' | 'failed' | 'later' | 'unknown'; detail: string }

export type MessagePull = ReturnType<typeof messagePullOf>

const AT_ONCE = 100
const RETRY_MS = 60_000
/** A run of the addon is over long before; what it took and never spoke of goes again. */
const LOST_MS = 600_000

/** What the addon inside WHMCS takes, does once each whatever happens, and reports about. */
export const messagePullOf = ({ db }: Pick<Store, 'db'>, { now }: { now: () => Date }) => {
  const sending = messageSendingOf({ db }, { holder: 'addon', now })
  const others = messageSendingOf({ db }, { holder: 'nobody', now })
  const after = (ms: number): Date => new Date(now().getTime() + ms)

  return {
    /** In the mode `addon`: each client's messages in order. */
    async take(): Promise<Pulled[]> {
      const { mode, linkFieldId } = await whmcsFacts(db)
      if (mode !== 'addon') return []
      await others.recover(after(-LOST_MS), new Set())
      return (await sending.claimAll(AT_ONCE)).map((message) => pulledOf(message, linkFieldId))
    },

    /** Whether it was still waited for. */
    settle(id: string, outcome: PulledOutcome): Promise<boolean> {
      if (outcome.is === 'done') return sending.done(id, outcome.noteId)
      const failure = { failure: 'refused', detail: outcome.detail, mayHaveArrived: outcome.is === 'failed' } as const
      if (outcome.is === 'refused') return sending.stop(id, 'blocked', failure)
      if (outcome.is === 'unknown') return sending.stop(id, 'unknown', { ...failure, mayHaveArrived: true })
      return sending.retryAt(id, after(outcome.is === 'later' ? 0 : RETRY_MS), failure)
    },
  }
}

const pulledOf = (message: Claimed, linkFieldId: number | null): Pulled => {
  const { id, clientId, marker, keyId, text, payload, mayHaveArrived } = message
  const pulled = { id, clientId, marker, text, payload, mayHaveArrived, insteadMarker: null, fieldId: null }
  if (payload.kind === 'link.set') return { ...pulled, fieldId: linkFieldId }
  if (payload.kind !== 'note.delete') return pulled
  const insteadMarker = markerOf(keyId === null ? 'u' : 'k', id)
  return { ...pulled, text: `${text}\n${insteadMarker}`, insteadMarker }
}
