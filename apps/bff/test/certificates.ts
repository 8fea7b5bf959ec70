import 'reflect-metadata'
import { isIP } from 'node:net'
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000

const makeKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

/** Certificates of a gateway on this machine, all with one key, made anew for whoever asks; nothing in the world trusts them. */
export const makeCertificates = async () => {
  const keys = await makeKeys()
  const authority = async (name: string) => {
    const ownKeys = await makeKeys()
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      keys: ownKeys,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    })
    /** For the host, and so many days longer. */
    const sign = async (host: string, until = 1) => {
      const made = await X509CertificateGenerator.create({
        subject: 'CN=gateway',
        issuer: `CN=${name}`,
        publicKey: keys.publicKey,
        signingKey: ownKeys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(Date.now() - 3 * DAY_MS),
        notAfter: new Date(Date.now() + until * DAY_MS),
        extensions: [new SubjectAlternativeNameExtension([{ type: isIP(host) ? 'ip' : 'dns', value: host }])],
      })
      return made.toString('pem')
    }
    return { pem: certificate.toString('pem'), sign }
  }
  const [own, other] = [await authority('ours'), await authority('other')]
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    ours: own.pem,
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`,
    good: await own.sign('127.0.0.1'),
    named: await own.sign('localhost'),
    otherHost: await own.sign('192.0.2.7'),
    otherCa: await other.sign('127.0.0.1'),
    expired: await own.sign('127.0.0.1', -1),
  }
}
