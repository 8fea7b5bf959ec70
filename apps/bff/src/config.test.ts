import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { GATEWAY, refusal } from '../test/settings.ts'
import { readConfig, readStoreConfig } from './config.ts'

const file = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'value')
  writeFileSync(path, text)
  return path
}

describe('settings', () => {
  test('the gateway is all that must be set', () => {
    const config = readConfig(GATEWAY)
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, publicUrl: null, logLevel: 'info', trustProxy: [] })
    expect(config.clusters).toMatchObject([{ id: 'default', endpoint: 'https://s3.example.com', signature: 'v2' }])
    expect(config.clusters[0]?.secretAccessKey.reveal()).toBe('canary-gateway-secret')
  })

  test.each([
    ['a missing one', {}, 'OSTOR_ENDPOINT is missing'],
    ['a missing key', { OSTOR_ENDPOINT: 'https://s3.example.com' }, 'OSTOR_ACCESS_KEY_ID is missing'],
    ['a port that is none', { ...GATEWAY, PORT: '80800' }, 'PORT is "80800", but must be a port from 0 to 65535'],
    ['a port in another notation', { ...GATEWAY, PORT: '8e3' }, 'PORT is "8e3"'],
    ['an address with a path', { ...GATEWAY, OSTOR_ENDPOINT: 'https://s3.example.com/x' }, 'OSTOR_ENDPOINT is "https'],
    ['an address with a password', { ...GATEWAY, PUBLIC_URL: 'https://a:b@c.example' }, 'PUBLIC_URL is'],
    [
      'a signature that is none',
      { ...GATEWAY, OSTOR_SIGNATURE: 'V2' },
      'OSTOR_SIGNATURE is "V2", but must be v2 or v4',
    ],
    ['a version that is none', { ...GATEWAY, OSTOR_VERSION: '8' }, 'OSTOR_VERSION is "8", but must be 2.0 or 2.4'],
    ['a misspelt name', { ...GATEWAY, OSTOR_REGOIN: 'x' }, 'OSTOR_REGOIN is not a setting'],
    ['a public host without an address', { ...GATEWAY, HOST: '0.0.0.0' }, 'PUBLIC_URL is missing'],
    ['https without a proxy', { ...GATEWAY, PUBLIC_URL: 'https://c.example' }, 'TRUST_PROXY is missing'],
    ['a proxy that is none', { ...GATEWAY, TRUST_PROXY: '10.0.0.0/99' }, 'TRUST_PROXY is "10.0.0.0/99"'],
    [
      'a file that is not there',
      { ...GATEWAY, SECRET_KEY_FILE: '/nowhere' },
      'SECRET_KEY_FILE is "/nowhere", but that file cannot be read (ENOENT)',
    ],
    ['both twins', { ...GATEWAY, PORT: '1', PORT_FILE: '/nowhere' }, 'PORT and PORT_FILE are both set'],
    ['clusters beside an endpoint', { ...GATEWAY, OSTOR_CLUSTERS: '[]' }, 'are both set'],
    ['clusters that are not JSON', { OSTOR_CLUSTERS: '{' }, 'OSTOR_CLUSTERS is set, but must be JSON'],
    ['no clusters', { OSTOR_CLUSTERS: '[]' }, 'OSTOR_CLUSTERS is wrong: must have at least one cluster'],
  ])('%s stops the start with one line that names it', (_, env, line) => {
    const message = refusal(env)
    expect(message).toContain(line)
    expect(message).not.toContain('\n')
  })

  test.each(['SECRET_KEY', 'OSTOR_SECRET_ACCESS_KEY', 'DATABASE_URL', 'OSTOR_CLUSTERS'])(
    'a wrong %s is not repeated in the message',
    (name) => {
      const { OSTOR_ENDPOINT, ...keys } = GATEWAY
      const env = name === 'OSTOR_CLUSTERS' ? keys : { ...keys, OSTOR_ENDPOINT }
      expect(refusal({ ...env, [name]: 'canary' })).not.toContain('canary')
    },
  )

  test('W8: a gateway beyond this machine is not asked in clear text unless that is allowed', () => {
    const env = { ...GATEWAY, OSTOR_ENDPOINT: 'http://10.0.0.7:8080' }
    expect(refusal(env)).toContain('OSTOR_ALLOW_HTTP=yes')
    expect(readConfig({ ...env, OSTOR_ALLOW_HTTP: 'yes' }).clusters[0]?.endpoint).toBe('http://10.0.0.7:8080')
    expect(readConfig({ ...env, OSTOR_ENDPOINT: 'http://127.0.0.1:9000' }).clusters).toHaveLength(1)
  })

  test.each([
    'file:///etc/passwd',
    'ftp://s3.example.com',
    'gopher://s3.example.com',
    'javascript:alert(1)',
    's3.example.com',
    'https://good.example@evil.example',
    'https://s3.example.com#good.example',
    'https://s3.example.com?x=1',
    'https://good.example%00.evil.example',
    'https://s3.example.com:99999',
    ' ',
  ])('B54, B56, B60: %s is no address of a gateway', (address) => {
    expect(refusal({ ...GATEWAY, OSTOR_ENDPOINT: address })).toContain('OSTOR_ENDPOINT')
  })

  test('W12: each value may come from a file', () => {
    const { OSTOR_SECRET_ACCESS_KEY: secret, ...rest } = GATEWAY
    const config = readConfig({ ...rest, OSTOR_SECRET_ACCESS_KEY_FILE: file(`${secret}\n`), PORT_FILE: file('9000\n') })
    expect(config.port).toBe(9000)
    expect(config.clusters[0]?.secretAccessKey.reveal()).toBe(secret)
  })

  test('several gateways come from one list, each with an id of its own', () => {
    const one = { id: 'one', name: 'One', endpoint: 'https://a.example', accessKeyId: GATEWAY.OSTOR_ACCESS_KEY_ID }
    const listed = (...list: object[]) => ({ OSTOR_CLUSTERS_FILE: file(JSON.stringify(list)) })
    const first = { ...one, secretAccessKey: 'canary-one' }
    const second = { ...one, id: 'two', secretAccessKeyFile: file('canary-two\n'), signature: 'v4' }

    const { clusters } = readConfig(listed(first, second))
    expect(clusters.map(({ id, signature }) => [id, signature])).toEqual([
      ['one', 'v2'],
      ['two', 'v4'],
    ])
    expect(clusters[1]?.secretAccessKey.reveal()).toBe('canary-two')

    expect(refusal(listed(first, first))).toContain('OSTOR_CLUSTERS (one) is there twice')
    expect(refusal(listed(one))).toContain('secretAccessKey or secretAccessKeyFile is missing')
    expect(refusal(listed({ ...first, endpoint: 'http://b.example' }))).toContain('OSTOR_ALLOW_HTTP')
    expect(refusal(listed({ ...first, colour: 'red' }))).toContain('OSTOR_CLUSTERS is wrong at 0')
  })

  test('how a gateway speaks can be set by hand, for each of several as well', () => {
    expect(readConfig(GATEWAY).clusters[0]?.dialect).toEqual({ ways: {} })
    const hand = { OSTOR_VERSION: '6.3', OSTOR_LIMITS_FORM: 'A', OSTOR_QUOTA_UNIT: 'bytes' }
    const set = { version: '6.3', ways: { limitsForm: 'A', quotaUnit: 'bytes' } }
    expect(readConfig({ ...GATEWAY, ...hand }).clusters[0]?.dialect).toEqual(set)
    const { OSTOR_ACCESS_KEY_ID: accessKeyId, OSTOR_SECRET_ACCESS_KEY: secretAccessKey } = GATEWAY
    const one = { id: 'one', name: 'One', endpoint: 'https://a.example', accessKeyId, secretAccessKey }
    const list = [{ ...one, version: '6.3', limitsForm: 'A', quotaUnit: 'bytes' }]
    expect(readConfig({ OSTOR_CLUSTERS: JSON.stringify(list) }).clusters[0]?.dialect).toEqual(set)
    expect(refusal({ OSTOR_CLUSTERS: JSON.stringify([{ ...one, limitsForm: 'C' }]) })).toContain('at 0.limitsForm')
  })

  test.each([
    ['short', 'canary-short'],
    ['of one word again and again', 'canary'.repeat(8)],
    ['from an example', 'this-is-an-example-key-canary-0123'],
    ['a password', 'my-canary-Password-of-many-letters'],
  ])('a key that is %s stops the start, as the old one too', (_, key) => {
    for (const name of ['SECRET_KEY', 'SECRET_KEY_OLD']) {
      expect(refusal({ ...GATEWAY, [name]: key })).toMatch(new RegExp(`^${name} is set, but must .*openssl rand`))
      expect(refusal({ ...GATEWAY, [name]: key })).not.toContain('canary')
    }
  })

  test('a key in a file that everybody can read stops the start', () => {
    const path = file('wL2xQ9rT5vB8nM3kJ7hG4fD6sA1zXcVb\n')
    chmodSync(path, 0o644)
    expect(refusal({ ...GATEWAY, SECRET_KEY_FILE: path })).toContain('everybody on this machine can read that file')
    chmodSync(path, 0o640)
    expect(readConfig({ ...GATEWAY, SECRET_KEY_FILE: path }).secretKey?.reveal()).toMatch(/^wL2x/)
  })

  test('no secret shows when the configuration is printed', () => {
    const config = readConfig({
      ...GATEWAY,
      SECRET_KEY: 'canary-0-9-b-d-e-f-'.repeat(2),
      DATABASE_URL: 'postgresql://canary@host/db',
    })
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('canary')
  })

  test('the store can be found without a gateway', () => {
    expect(readStoreConfig({ DATA_DIR: '/srv/console' })).toEqual({ dataDir: '/srv/console', databaseUrl: null })
  })
})

describe('single sign-on', () => {
  const OIDC = {
    ...GATEWAY,
    OIDC_ISSUER: 'https://login.example.com/realms/staff',
    OIDC_CLIENT_ID: 'ostor-console',
    OIDC_CLIENT_SECRET: 'canary-client-secret',
    OIDC_ROLES: 'console-admins=admin, support=operator',
  }

  test('is off by default, and needs a provider, a client and roles', () => {
    expect(readConfig(GATEWAY).singleSignOn).toBeNull()
    const { singleSignOn } = readConfig(OIDC)
    expect(singleSignOn).toMatchObject({
      clientId: 'ostor-console',
      name: 'single sign-on',
      scopes: 'openid profile email',
      groupsClaim: 'groups',
      roles: [
        ['console-admins', 'admin'],
        ['support', 'operator'],
      ],
    })
    expect(singleSignOn?.issuer.href).toBe('https://login.example.com/realms/staff')
    expect(inspect(singleSignOn, { depth: 9 })).not.toContain('canary')
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES']) {
      expect(refusal({ ...OIDC, [name]: '' })).toContain(`${name} is missing: OIDC_ISSUER needs it`)
    }
    expect(readConfig({ ...OIDC, EMERGENCY_ADMINS: 'Ana@example.com, b@example.com' }).singleSignOn).toMatchObject({
      emergencyAdmins: ['ana@example.com', 'b@example.com'],
    })
    expect(refusal({ ...GATEWAY, EMERGENCY_ADMINS: 'ana@example.com' })).toContain('OIDC_ISSUER is missing')
    expect(refusal({ ...OIDC, EMERGENCY_ADMINS: 'ana' })).toContain('must be e-mails')
    expect(refusal({ ...OIDC, OIDC_ISSUER: '' })).toContain('OIDC_ISSUER is missing: OIDC_CLIENT_ID is set')
  })

  test('takes the secret from a file, a provider on this machine, and groups with any name', () => {
    const { OIDC_CLIENT_SECRET: secret, ...others } = OIDC
    const roles = '{"cn=support,ou=groups": "operator"}'
    const given = { OIDC_CLIENT_SECRET_FILE: file(secret), OIDC_ISSUER: 'http://127.0.0.1:9000', OIDC_ROLES: roles }
    const { singleSignOn } = readConfig({ ...others, ...given })
    expect(singleSignOn?.clientSecret.reveal()).toBe(secret)
    expect(singleSignOn?.roles).toEqual([['cn=support,ou=groups', 'operator']])
    expect(readConfig({ ...OIDC, OIDC_ROLES: 'cn=support=operator' }).singleSignOn?.roles).toEqual([
      ['cn=support', 'operator'],
    ])
  })

  test.each([
    ['OIDC_ISSUER', 'http://login.example.com', 'must be an https:// address'],
    ['OIDC_ISSUER', 'file:///etc/passwd', 'must be an https:// address'],
    ['OIDC_ISSUER', 'https://a:b@login.example.com', 'must be an https:// address'],
    ['OIDC_ISSUER', 'https://login.example.com/?x', 'must be an https:// address'],
    ['OIDC_ISSUER', 'login.example.com', 'must be an https:// address'],
    ['OIDC_ROLES', 'support', 'must be pairs'],
    ['OIDC_ROLES', '=admin', 'must be pairs'],
    ['OIDC_ROLES', '{"support"', 'must be pairs'],
    ['OIDC_ROLES', 'support=root', 'must give each group one of the roles admin, operator'],
    ['OIDC_ROLES', '{"support": 5}', 'must give each group one of the roles'],
    ['OIDC_ROLES', 'support=viewer,support=admin', 'must name each group once'],
    ['OIDC_SCOPES', 'profile', 'must have openid among them'],
    ['OIDC_GROUPS_CLAIM', 'two words', 'must be the name of a claim'],
    ['OIDC_NAME', 'x'.repeat(41), 'must have 1 to 40 characters'],
    ['OIDC_CLIENT_SECRET', 'canary', 'must have 8 to 1024 plain characters'],
  ])('a wrong %s (%s) stops the start with one line', (name, value, line) => {
    const message = refusal({ ...OIDC, [name]: value })
    expect(message).toContain(`${name} is `)
    expect(message).toContain(line)
    expect(message).not.toMatch(/\n|canary/)
  })

  test('a misspelt name stops the start', () => {
    expect(refusal({ ...OIDC, OIDC_GROUP_CLAIM: 'x' })).toContain('OIDC_GROUP_CLAIM is not a setting')
  })
})
