import { describe, expect, test } from 'vitest'
import { providerVisitor } from '../../../test/oidc-browser.ts'
import { CLIENT } from '../../../test/oidc-provider.ts'
import { auditOf, problemOf, withProvider } from '../../../test/oidc-world.ts'
import { testClock } from '../../../test/test-clock.ts'

describe('what comes back from the provider', () => {
  test('is refused with anything wrong in the token', async () => {
    const { sso, idp } = await withProvider()
    const soon = Math.floor(Date.now() / 1000)
    const wrong: Record<string, Parameters<typeof idp.tamper>[0]> = {
      issuer: ({ claims }) => ({ claims: { ...claims, iss: 'https://evil.example' } }),
      audience: ({ claims }) => ({ claims: { ...claims, aud: 'another-client' } }),
      'authorised party': ({ claims }) => ({ claims: { ...claims, aud: [CLIENT.id, 'another'], azp: 'another' } }),
      nonce: ({ claims }) => ({ claims: { ...claims, nonce: 'of-another-sign-in' } }),
      'no nonce': ({ claims }) => ({ claims: { ...claims, nonce: undefined } }),
      expired: ({ claims }) => ({ claims: { ...claims, exp: soon - 3600 } }),
      'not yet valid': ({ claims }) => ({ claims: { ...claims, nbf: soon + 3600 } }),
      'no subject': ({ claims }) => ({ claims: { ...claims, sub: undefined } }),
      unsigned: ({ header }) => ({ header: { ...header, alg: 'none' }, sign: false }),
      'no signature': () => ({ sign: false }),
      'signed by somebody else': () => ({ forge: true }),
    }
    const found: Record<string, string | null> = {}
    for (const [what, tampering] of Object.entries(wrong)) {
      idp.tamper(tampering)
      found[what] = problemOf(await sso('ada'))
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(wrong).map((what) => [what, 'failed'])))
    idp.tamper(({ claims }) => ({ claims }))
    expect((await sso('ada')).reply.statusCode).toBe(200)
  })

  test('is refused when the address says another provider, another state, or a code that is none', async () => {
    const { begin, back } = await withProvider()
    const tried = async (change: (query: URLSearchParams) => void) => {
      const { address, cookie } = await begin()
      const returned = await providerVisitor()(address, 'ada')
      change(returned.searchParams)
      return problemOf({ reply: await back(returned, cookie) })
    }
    expect(await tried((query) => query.set('iss', 'https://evil.example'))).toBe('failed')
    expect(await tried((query) => query.delete('iss'))).toBe('failed')
    expect(await tried((query) => query.set('code', 'x'))).toBe('failed')
    expect(await tried((query) => query.append('code', 'x'))).toBe('failed')
    expect(await tried((query) => query.set('state', 'x'))).toBe('expired')
    expect(await tried((query) => query.append('state', 'x'))).toBe('expired')
    expect(await tried((query) => query.delete('state'))).toBe('expired')
  })

  test('is taken once, from the browser that began it, within five minutes', async () => {
    const { now, later } = testClock(Date.now())
    const built = await withProvider({ now })
    const { begin, back } = built
    const { returned, cookie, reply } = await built.sso('ada')
    expect(reply.statusCode).toBe(200)
    expect(problemOf({ reply: await back(returned, cookie) })).toBe('expired')

    const mine = await begin()
    const other = await begin()
    const here = await providerVisitor()(mine.address, 'ada')
    const written = await auditOf(built)
    expect(problemOf({ reply: await back(here, '') })).toBe('expired')
    expect(problemOf({ reply: await back(here, other.cookie) })).toBe('expired')
    expect(problemOf({ reply: await back(here, `${mine.cookie}x`) })).toBe('expired')
    expect(await auditOf(built)).toEqual(written)
    const twice = await Promise.all([back(here, mine.cookie), back(here, mine.cookie)])
    expect(new Set(twice.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 302]))

    const late = await begin()
    const there = await providerVisitor()(late.address, 'ada')
    later(5 * 60_000)
    expect(problemOf({ reply: await back(there, late.cookie) })).toBe('expired')
  })
})
