import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Secret } from '../../adapters/gateway/secret.ts'
import type { SingleSignOns } from '../../adapters/store/single-sign-ons.ts'

type Ports = {
  keys: readonly { id: string; secret: Secret }[]
  identities: Pick<SingleSignOns, 'use'>
  now: () => Date
}

/** How far the clocks of WHMCS and of the console may differ, the way of the request with it. */
const SKEW_SECONDS = 120

const Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Headers = z.object({
  'x-ostor-key': z.string().max(64),
  'x-ostor-time': z.string().regex(/^\d{10}$/),
  'x-ostor-nonce': z.string().regex(/^[0-9a-f]{32}$/),
  'x-ostor-content-sha256': Hex,
  'x-ostor-signature': Hex,
})

const refuse = (detail: string) => problem('addon-refused', { detail })

const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/** A body has to be the one that was signed. */
export const checkBody = ({ headers }: FastifyRequest, body: string | Buffer): void => {
  if (headers['x-ostor-content-sha256'] !== digest(body)) throw refuse(said`The body is not the one that was signed.`)
}

/**
 * Refuses what the addon did not sign with one of the keys just now, over what is asked, when, and the hash of the body;
 * and what was asked before, of another process too.
 */
export const requireSignature =
  ({ keys, identities, now }: Ports) =>
  async (request: FastifyRequest): Promise<void> => {
    const found = Headers.safeParse(request.headers)
    if (!found.success) throw refuse(said`It has no signature of the addon.`)
    const {
      'x-ostor-key': id,
      'x-ostor-time': time,
      'x-ostor-nonce': nonce,
      'x-ostor-content-sha256': hash,
      'x-ostor-signature': signature,
    } = found.data
    const key = keys.find((one) => one.id === id)
    if (!key) throw refuse(said`The key id is not known: it must be WHMCS_ADDON_KEY_ID.`)
    const { method, url = '' } = request.raw
    const text = ['ostor-console-addon-1', method, url, time, nonce, hash].join('\n')
    const own = createHmac('sha256', key.secret.signingKey()).update(text).digest()
    if (!timingSafeEqual(own, Buffer.from(signature, 'hex')))
      throw refuse(said`The signature does not hold: the addon and the console have different secrets.`)
    const seconds = Number(time)
    if (Math.abs(now().getTime() / 1000 - seconds) > SKEW_SECONDS)
      throw refuse(said`The clocks of WHMCS and of the console differ by more than two minutes.`)
    const until = new Date(1000 * (seconds + 2 * SKEW_SECONDS))
    if (!(await identities.use(digest(`whmcs request\0${nonce}`), until))) throw refuse(said`It was asked before.`)
    if (method === 'GET') checkBody(request, '')
  }
