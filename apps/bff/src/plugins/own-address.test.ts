import { describe, expect, test } from 'vitest'
import { keptLog } from '../../test/log.ts'
import { world } from '../../test/world.ts'

const PUBLIC = new URL('https://console.example')

type Proxy = { forwards?: Record<string, string>; from?: string; cookies?: boolean; passesOn?: boolean }

/** What the console logs after it asked itself through such a proxy. */
const said = async (
  { forwards = {}, from = '10.0.0.5', cookies = true, passesOn = true }: Proxy,
  publicUrl = PUBLIC,
) => {
  const log = keptLog()
  const asked: URL[] = []
  const { app } = await world({
    signedIn: false,
    config: { publicUrl, trustProxy: ['10.0.0.0/24'] },
    parts: {
      logger: log.logger,
      ask: async (url, { headers }) => {
        asked.push(url)
        const given = { ...Object.fromEntries(new Headers(headers)), host: url.host, ...forwards }
        const reply = await app.inject({ url: url.pathname, headers: passesOn ? given : {}, remoteAddress: from })
        const answered = cookies ? [reply.headers['set-cookie']].flat() : []
        return new Response(reply.body, { headers: answered.map((cookie) => ['set-cookie', String(cookie)]) })
      },
    },
  })
  await app.checkOwnAddress()
  return { text: log.text(), asked: asked.map(String) }
}

const HTTPS = { 'x-forwarded-proto': 'https' }

const noWayOut = () => Promise.reject(new Error('no way out'))

describe('M7 at its start a console behind TLS', () => {
  test('finds that a secure cookie comes out', async () => {
    const { text, asked } = await said({ forwards: HTTPS })
    expect(asked).toEqual(['https://console.example/livez'])
    expect(text).toContain('people can sign in at PUBLIC_URL')
    expect(text).not.toContain('"level":50')
  })

  test.each<[string, Proxy, string]>([
    ['does not say that it was https', {}, 'arrives as http from 10.0.0.5. The proxy must send X-Forwarded-Proto'],
    ['is not the one of TRUST_PROXY', { forwards: HTTPS, from: '172.18.0.2' }, 'TRUST_PROXY must name 172.18.0.2'],
    ['puts its own host in the place of ours', { forwards: { ...HTTPS, host: 'inside:8080' } }, 'the host inside:8080'],
    ['takes cookies away', { forwards: HTTPS, cookies: false }, 'takes Set-Cookie out'],
  ])('says so when the proxy %s', async (_, proxy, words) => {
    const { text } = await said(proxy)
    expect(text).toContain(words)
    expect(text).toContain('"level":50')
  })

  test('says that it does not know when somebody else answers, or nobody', async () => {
    expect((await said({ passesOn: false })).text).toContain('this one was not reached')
    const log = keptLog()
    const { app } = await world({
      signedIn: false,
      config: { publicUrl: PUBLIC },
      parts: { logger: log.logger, ask: noWayOut },
    })
    await app.checkOwnAddress()
    expect(log.text()).toContain('whether a cookie comes through is not known')
  })

  test('asks nobody without TLS, and gives nobody else its cookie', async () => {
    expect((await said({}, new URL('http://console.example'))).asked).toEqual([])
    const { app } = await world({ signedIn: false, config: { publicUrl: PUBLIC } })
    const reply = await app.inject({ url: '/livez', headers: { 'x-ostor-console-check': 'guessed' } })
    expect(reply.headers).not.toHaveProperty('set-cookie')
  })
})
