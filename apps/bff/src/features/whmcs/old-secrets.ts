import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type OldSecret, whmcsRoutes } from '@ostor-console/shared/whmcs'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { ClientLinks } from '../../adapters/store/client-links.ts'
import type { WhmcsNotes } from '../../adapters/whmcs/whmcs.ts'
import type { Clusters } from '../../clusters.ts'
import { whmcsFailure } from '../../whmcs-failure.ts'
import { nameOf } from './drift-findings.ts'
import { standingOfKey } from './old-secret-check.ts'

type Ports = {
  notes: Pick<WhmcsNotes, 'oldSecrets' | 'redact'> | null
  links: Pick<ClientLinks, 'seen'>
  clusters: Clusters
  audit: Pick<Audit, 'begin' | 'end'>
}
type Note = NonNullable<Awaited<ReturnType<WhmcsNotes['oldSecrets']>>>[number]

const AT_ONCE = 4
const NO_DATABASE = said`Notes can be read in the mode “database” only: WHMCS_MODE is another one, and the API of WHMCS has no call that reads them.`
const NO_PROCEDURES = said`The stored procedures for this are not in the database of WHMCS: integrations/whmcs/old-secrets.sql makes them.`

/** Notes of the vendor's scripts, which hold secrets: which there are, and striking the secret out once its key is gone. */
export const oldSecrets: FastifyPluginAsyncZod<Ports> = async (app, { notes, links, clusters, audit }) => {
  const read = async (): Promise<{ found: Note[]; unavailable: string | null }> => {
    if (!notes) return { found: [], unavailable: NO_DATABASE }
    try {
      const found = await notes.oldSecrets()
      return { found: found ?? [], unavailable: found ? null : NO_PROCEDURES }
    } catch (error) {
      return { found: [], unavailable: whmcsFailure(error).message }
    }
  }

  const view = async (found: Note[]): Promise<OldSecret[]> => {
    const names = await links.seen(found.map(({ clientId }) => clientId))
    const one = async (note: Note): Promise<OldSecret> => {
      const client = names.get(note.clientId)
      return { ...note, clientName: client ? nameOf(client) : null, ...(await standingOfKey(clusters.all, note)) }
    }
    const shown: OldSecret[] = []
    for (let at = 0; at < found.length; at += AT_ONCE)
      shown.push(...(await Promise.all(found.slice(at, at + AT_ONCE).map(one))))
    return shown
  }

  app.route({
    ...whmcsRoutes.oldSecrets,
    handler: async () => {
      const { found, unavailable } = await read()
      return { items: await view(found), unavailable }
    },
  })

  app.route({
    ...whmcsRoutes.redact,
    handler: async (request) => {
      const { noteId: id } = request.params
      const { clientId, keyId } = request.body
      const { found, unavailable } = await read()
      if (!notes || unavailable !== null) throw problem('whmcs-not-set-up', { detail: unavailable ?? NO_DATABASE })
      const note = found.find((each) => each.noteId === id && each.clientId === clientId && each.keyId === keyId)
      if (!note) throw problem('old-secret-not-found')
      const [shown] = await view([note])
      if (!shown) throw problem('old-secret-not-found')
      if (shown.isRedacted) return shown
      if (shown.isValid !== false) throw problem('old-secret-in-use', { detail: whyNot(shown) })

      const operationId = await audit.begin({
        actor: request.actor,
        action: 'whmcs.redact',
        target: keyId,
        after: { clientId: String(clientId), noteId: String(id), keyId },
        address: request.ip,
      })
      const gone = await notes.redact({ id, clientId, keyId }).catch(async (cause: unknown) => {
        const { outcomeUnknown, message: detail } = whmcsFailure(cause)
        await audit.end(operationId, { outcome: outcomeUnknown ? 'unknown' : 'refused', detail })
        throw problem('whmcs-unavailable', { detail }, { cause })
      })
      if (!gone) {
        await audit.end(operationId, { outcome: 'refused', detail: CHANGED })
        throw problem('old-secret-not-found', { detail: CHANGED })
      }
      await audit.end(operationId, { outcome: 'done' })
      request.log.info({ clientId, noteId: id, keyId, operationId }, 'secret struck out of a note')
      return { ...shown, isRedacted: true }
    },
  })
}

const CHANGED = said`The note is not as it was: somebody changed or deleted it at WHMCS. Load the list anew.`

const whyNot = ({ keyId, isValid }: OldSecret): string =>
  isValid === null
    ? said`Whether the key ${keyId} is still valid could not be read from the gateway. Try again when it answers.`
    : said`The key ${keyId} still opens the storage. Generate another one for the user, give it to the client, revoke this one, then strike the secret out.`
