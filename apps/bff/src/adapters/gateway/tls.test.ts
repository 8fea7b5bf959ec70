import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificates } from '../../../test/certificates.ts'
import { createGateway } from './gateway.ts'
import { Secret } from './secret.ts'

const { ours, key, good, otherHost, otherCa, expired } = await makeCertificates()
const USER = { UserEmail: 'ana@example.com', UserId: 'aaaaaaaaaaaaaaaa', State: 'enabled', AWSAccessKeys: [] }

/** A gateway with this certificate, and a client that trusts `ca`; `arrived` are the requests that it let out. */
const behind = async (options: ServerOptions, ca: string | null = ours) => {
  const arrived: string[] = []
  const server = createServer({ key, ...options }, (request, response) => {
    arrived.push(`${request.method}`)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(USER))
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const gateway = createGateway({
    endpoint: `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    accessKeyId: 'a14040e0b2ef8b28FZZ8',
    secretAccessKey: Secret.of('x'),
    signature: 'v2',
    region: 'x',
    ...(ca !== null && { ca }),
  })
  onTestFinished(async () => {
    await gateway.close()
    server.closeAllConnections()
    server.close()
  })
  return { gateway, arrived }
}

test('a gateway whose certificate is of the CA that is set is asked over TLS', async () => {
  const { gateway, arrived } = await behind({ cert: good })
  expect((await gateway.getUser(USER.UserId)).email).toBe(USER.UserEmail)
  expect(arrived).toEqual(['GET'])
})

test.each<[string, ServerOptions, null?]>([
  ['is of another CA', { cert: otherCa }],
  ['is of a CA that nobody set', { cert: good }, null],
  ['names another host', { cert: otherHost }],
  ['has expired', { cert: expired }],
  ['comes over TLS 1.1', { cert: good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
])('a gateway whose certificate %s is sent nothing', async (_, options, ca) => {
  const { gateway, arrived } = await behind(options, ca)
  const refused = { problem: { type: '/problems/gateway-tls' } }
  await expect(gateway.getUser(USER.UserId)).rejects.toMatchObject(refused)
  await expect(gateway.deleteUser(USER.UserId)).rejects.toMatchObject(refused)
  expect(arrived).toEqual([])
})
