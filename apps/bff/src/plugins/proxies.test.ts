import { describe, expect, test } from 'vitest'
import { keptLog } from '../../test/log.ts'
import { world } from '../../test/world.ts'

const CLAIMS = {
  'x-forwarded-for': '198.51.100.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'evil.example',
  forwarded: 'for=198.51.100.7;proto=https;host=evil.example',
}

/** What the console believes of a request that comes from an address with these headers. */
const believed = async (remoteAddress: string, headers: Record<string, string>, trustProxy = ['10.0.0.5']) => {
  const log = keptLog()
  const seen: { ip: string; protocol: string }[] = []
  const { app } = await world({ signedIn: false, config: { trustProxy }, parts: { logger: log.logger } })
  app.addHook('onRequest', async ({ ip, protocol }) => void seen.push({ ip, protocol }))
  await app.inject({ url: '/api/v1/session', headers: { host: '127.0.0.1', ...headers }, remoteAddress })
  return { ...seen[0], log: log.text() }
}

describe('where a request came from', () => {
  test.each(['10.0.0.6', '127.0.0.1', '198.51.100.1'])(
    'is believed of no %s, which TRUST_PROXY does not name, whatever it claims',
    async (address) => {
      const { ip, protocol, log } = await believed(address, CLAIMS)
      expect({ ip, protocol }).toEqual({ ip: address, protocol: 'http' })
      expect(log).not.toMatch(/198\.51\.100\.7|evil/)
    },
  )

  test('is what the named proxy says, and of a list the last that the proxies did not add', async () => {
    expect(await believed('10.0.0.5', CLAIMS)).toMatchObject({ ip: '198.51.100.7', protocol: 'https' })
    const forged = { ...CLAIMS, 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }
    expect(await believed('10.0.0.5', forged)).toMatchObject({ ip: '198.51.100.7' })
    const twoProxies = { ...CLAIMS, 'x-forwarded-for': '203.0.113.9, 198.51.100.7, 10.0.0.4' }
    expect(await believed('10.0.0.5', twoProxies, ['10.0.0.4/31'])).toMatchObject({ ip: '198.51.100.7' })
  })

  test('is the connection itself where no proxy is named', async () => {
    expect(await believed('127.0.0.1', CLAIMS, [])).toMatchObject({ ip: '127.0.0.1', protocol: 'http' })
  })
})
