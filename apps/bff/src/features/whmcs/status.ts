import { said } from '@ostor-console/shared/said'
import { type WhmcsMode, type WhmcsStatus, whmcsRoutes } from '@ostor-console/shared/whmcs'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { AddonContact } from '../../adapters/store/addon-contact.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Messages } from '../../adapters/store/messages.ts'
import type { Whmcs, WhmcsNotes } from '../../adapters/whmcs/whmcs.ts'
import type { WhmcsHealth } from '../../whmcs-health.ts'

type Ports = {
  mode: WhmcsMode
  /** `null` where the API is not set up. */
  address: string | null
  health: Pick<WhmcsHealth, 'read'>
  whmcs: Pick<Whmcs, 'describe' | 'clients'> | null
  notes: Pick<WhmcsNotes, 'check'> | null
  messages: Pick<Messages, 'summary' | 'stopped' | 'resume'>
  contact: Pick<AddonContact, 'last'>
  audit: Pick<Audit, 'record'>
}

/** How the console and WHMCS get on. What this process asked counts, and what stopped the queue, whichever process sends. */
export const whmcsStatus: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { mode, address, health, whmcs, notes, messages, contact, audit } = ports

  const read = async (): Promise<WhmcsStatus> => {
    const [{ oldestAt, ...counts }, stopped, addonSeen] = await Promise.all([
      messages.summary(),
      messages.stopped(),
      contact.last(),
    ])
    const known = health.read()
    return {
      ...known,
      ...(stopped && mode !== 'off' && stopOf(stopped)),
      mode,
      address,
      addonSeenAt: addonSeen?.toISOString() ?? null,
      queue: { ...counts, oldestAt: oldestAt?.toISOString() ?? null },
    }
  }

  app.route({ ...whmcsRoutes.status, handler: read })

  app.route({
    ...whmcsRoutes.test,
    handler: async ({ actor, ip }) => {
      // How each ended is what the health says.
      await whmcs?.describe().catch(() => {})
      await whmcs?.clients({ start: 0, count: 1 }).catch(() => {})
      await notes?.check().catch(() => {})
      const status = await read()
      const { state, detail } = status
      const entry = { actor, action: 'whmcs.test', target: 'WHMCS', outcome: 'done', address: ip } as const
      await audit.record({ ...entry, after: { state }, detail })
      return status
    },
  })

  app.route({
    ...whmcsRoutes.resume,
    handler: async ({ actor, ip }) => {
      const resumed = await messages.resume()
      const after = { messages: String(resumed) }
      await audit.record({ actor, action: 'whmcs.resume', target: 'WHMCS', outcome: 'done', after, address: ip })
      return read()
    },
  })
}

type Stopped = NonNullable<Awaited<ReturnType<Messages['stopped']>>>

const stopOf = ({ failure, detail, since }: Stopped) => ({
  state: failure,
  detail: `${detail}. ${said`Nothing is sent until somebody resumes`}`,
  since: since.toISOString(),
})
