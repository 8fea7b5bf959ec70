import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyAnswer, PasskeyOffer, PasskeyRequest } from '@ostor-console/shared/passkeys'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a browser and a device add; each can be made wrong. */
type Told = {
  origin?: string
  rpId?: string
  verified?: boolean
  counter?: number
  type?: string
  id?: string
  format?: string
}

const PRESENT = 0x01
const VERIFIED = 0x04
const WITH_KEY = 0x40

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

const clientData = (type: string, challenge: string, origin = 'http://localhost') =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

/** A real passkey of P-256, and the browser around it at http://localhost. */
export const softwarePasskey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let userHandle = 'nobody'
  let used = 0

  const deviceData = (rpId: string, { verified = true, counter = used }: Told, more = Buffer.alloc(0)) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    const flags = PRESENT | (verified ? VERIFIED : 0) | (more.length > 0 ? WITH_KEY : 0)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted, more])
  }

  const coseKey = () => {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]),
    )
  }

  return {
    make({ challenge, rp, user }: PasskeyOffer, name = 'Laptop', told: Told = {}): NewPasskey {
      userHandle = user.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const key = Buffer.concat([Buffer.alloc(16), length, id, coseKey()])
      const authData = Uint8Array.from(deviceData(told.rpId ?? rp.id, told, key))
      const attestation = new Map<string, string | Uint8Array | Map<string, never>>([
        ['fmt', told.format ?? 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', authData],
      ])
      return {
        name,
        id: id.toString('base64url'),
        clientDataJSON: clientData(told.type ?? 'webauthn.create', challenge, told.origin).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
        transports: ['internal'],
      }
    },

    answer({ challenge, rpId }: Pick<PasskeyRequest, 'challenge' | 'rpId'>, told: Told = {}): PasskeyAnswer {
      used += 1
      const client = clientData(told.type ?? 'webauthn.get', challenge, told.origin)
      const device = deviceData(told.rpId ?? rpId, told)
      return {
        id: told.id ?? id.toString('base64url'),
        clientDataJSON: client.toString('base64url'),
        authenticatorData: device.toString('base64url'),
        signature: sign('sha256', Buffer.concat([device, sha256(client)]), privateKey).toString('base64url'),
        userHandle,
      }
    },
  }
}

export type SoftwarePasskey = ReturnType<typeof softwarePasskey>
