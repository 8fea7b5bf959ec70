import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { GATEWAY, refusal } from '../test/settings.ts'
import { readConfig } from './config.ts'

const APPEND = {
  ...GATEWAY,
  WHMCS_MODE: 'append',
  WHMCS_API_URL: 'https://billing.example.com/includes/api.php',
  WHMCS_IDENTIFIER: 'an-identifier',
  WHMCS_SECRET: 'canary-of-whmcs',
}
const DATABASE = { ...APPEND, WHMCS_MODE: 'database', WHMCS_DB_URL: 'mysql://dash:canary%2F1@db.example.com/ostordash' }
const ADDON = {
  ...GATEWAY,
  WHMCS_MODE: 'addon',
  WHMCS_ADDON_KEY_ID: 'one',
  WHMCS_ADDON_SECRET: 'canary-shared-secret-of-32-letters',
}

describe('settings of WHMCS', () => {
  test('it is off when nothing is set, and when it is said to be off whatever else is set', () => {
    expect(readConfig(GATEWAY).whmcs).toBeNull()
    expect(readConfig({ ...APPEND, WHMCS_MODE: 'off' }).whmcs).toBeNull()
  })

  test('append needs an address and a credential, and no more', () => {
    const { whmcs } = readConfig(APPEND)
    expect(whmcs).toMatchObject({ mode: 'append', database: null, addon: null, adminUrl: null, usagePush: 'none' })
    expect(whmcs?.api).toMatchObject({
      identifier: 'an-identifier',
      timeoutMs: 15_000,
      maxPerSecond: 5,
      maxParallel: 2,
    })
    expect(whmcs?.api?.secret.reveal()).toBe('canary-of-whmcs')
    expect(whmcs?.syncIntervalMs).toBe(3_600_000)
  })

  test('database needs one, which is encrypted unless it is on this machine', () => {
    expect(readConfig(DATABASE).whmcs?.database).toMatchObject({
      host: 'db.example.com',
      port: 3306,
      user: 'dash',
      database: 'ostordash',
      isEncrypted: true,
    })
    expect(readConfig(DATABASE).whmcs?.database?.password.reveal()).toBe('canary/1')
    const local = readConfig({ ...DATABASE, WHMCS_DB_URL: 'mysql://dash:canary@127.0.0.1:33061/ostordash' })
    expect(local.whmcs?.database).toMatchObject({ port: 33_061, isEncrypted: false })
  })

  test('the addon comes to us, so no address of WHMCS is needed', () => {
    const config = readConfig({
      ...ADDON,
      WHMCS_ADDON_KEY_ID_OLD: 'zero',
      WHMCS_ADDON_SECRET_OLD: 'canary-another-secret-of-32-letters',
      WHMCS_ADMINS: '1=ada@example.com, 7=ben@example.com',
    })
    expect(config.whmcs).toMatchObject({ mode: 'addon', api: null, addon: { keys: [{ id: 'one' }, { id: 'zero' }] } })
    expect(config.whmcs?.addon?.people).toEqual(
      new Map([
        [1, 'ada@example.com'],
        [7, 'ben@example.com'],
      ]),
    )
  })

  test('no secret of it is printed', () => {
    for (const env of [{ ...APPEND, WHMCS_ACCESS_KEY: 'canary-access-key' }, DATABASE, ADDON])
      expect(inspect(readConfig(env).whmcs, { depth: 9 })).not.toContain('canary')
  })

  test.each([
    [
      'a setting without a mode',
      { ...GATEWAY, WHMCS_SECRET: 'canary-of-whmcs' },
      'WHMCS_MODE is missing: WHMCS_SECRET',
    ],
    ['a mode that is none', { ...APPEND, WHMCS_MODE: 'on' }, 'WHMCS_MODE is "on", but must be off or append'],
    ['a misspelt name', { ...APPEND, WHMCS_SECRT: 'x' }, 'WHMCS_SECRT is not a setting'],
    ['no address', { ...GATEWAY, WHMCS_MODE: 'append' }, 'WHMCS_API_URL is missing: WHMCS_MODE append needs it'],
    ['no credential', { ...APPEND, WHMCS_IDENTIFIER: '' }, 'WHMCS_IDENTIFIER is missing: WHMCS_API_URL needs it'],
    ['no secret', { ...APPEND, WHMCS_SECRET: '' }, 'WHMCS_SECRET is missing'],
    ['http', { ...APPEND, WHMCS_API_URL: 'http://b.example/includes/api.php' }, 'must begin with https://'],
    ['another address', { ...APPEND, WHMCS_API_URL: 'https://b.example/admin' }, 'WHMCS_API_URL is "https://b.example'],
    ['a foreign letter', { ...APPEND, WHMCS_ACCESS_KEY: 'canary key &' }, 'WHMCS_ACCESS_KEY is set, but must have 8'],
    ['no database', { ...APPEND, WHMCS_MODE: 'database' }, 'WHMCS_DB_URL is missing: WHMCS_MODE database needs it'],
    ['a database for nothing', { ...DATABASE, WHMCS_MODE: 'append' }, 'the mode append asks no database'],
    [
      'a database of another kind',
      { ...DATABASE, WHMCS_DB_URL: 'postgres://a:canary@b/c' },
      'WHMCS_DB_URL is set, but',
    ],
    [
      'a database by its number',
      { ...DATABASE, WHMCS_DB_URL: 'mysql://a:canary@10.0.0.5/c' },
      'its host is 10.0.0.5, and a',
    ],
    ['a password that cannot be read', { ...DATABASE, WHMCS_DB_URL: 'mysql://a:%zz@b/c' }, 'WHMCS_DB_URL is set, but'],
    ['secrets in notes by accident', { ...APPEND, WHMCS_MODE: 'compat' }, 'WHMCS_ACCEPT_SECRETS_IN_NOTES=yes must say'],
    ['an addon without a key', { ...GATEWAY, WHMCS_MODE: 'addon' }, 'WHMCS_ADDON_KEY_ID is missing: WHMCS_MODE addon'],
    [
      'people without an addon',
      { ...APPEND, WHMCS_ADMINS: '1=ada@example.com' },
      'WHMCS_ADDON_KEY_ID is missing: WHMCS_ADMINS',
    ],
    [
      'a role in place of a person',
      { ...ADDON, WHMCS_ADMINS: '1=admin' },
      'WHMCS_ADMINS is "1=admin", but must be numbers',
    ],
    [
      'a short shared secret',
      { ...ADDON, WHMCS_ADDON_SECRET: 'canary' },
      'WHMCS_ADDON_SECRET is set, but must have 32',
    ],
  ])('%s is refused in one line', (_, env, line) => {
    const message = refusal(env)
    expect(message).toContain(line)
    expect(message).not.toMatch(/\n|canary/)
  })
})
