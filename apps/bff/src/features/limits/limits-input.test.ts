import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { FROM_CONSOLE } from '../../../test/world.ts'

const INVALID = '/problems/request-invalid'

const here = async () => {
  const { ask, control, user, oracle, app, session } = await desk()
  const [bucket = ''] = oracle.buckets()
  return { ask, control, app, session, paths: [`/users/${user(1).id}/limits`, `/buckets/${bucket}/limits`] as const }
}

const NO_NUMBERS = ['1.5', 'Infinity', 'NaN', '1e400', '', '  ', '10', ' 10 ', '1e3', '0x10', '0b11', '010', '1_000']
const LOOK_LIKE_NUMBERS = ['1,000', '١٠', '１０', '10\u0000', 'Unlimited', 'unlimited ']

const BAD_VALUES: [rows: string, value: unknown, code: string][] = [
  ['B21', -1, 'negative'],
  ['B21', -0, 'zero_means_unlimited'],
  ['B22', 1.5, 'whole_number_required'],
  ['B25', null, 'invalid_union'],
  ['B25', true, 'invalid_union'],
  ['B25', false, 'invalid_union'],
  ['B25', [7], 'invalid_union'],
  ['B25', {}, 'invalid_union'],
  ...[...NO_NUMBERS, ...LOOK_LIKE_NUMBERS].map((text): [string, string, string] => ['B22–B27', text, 'invalid_union']),
  ['B28', 2 ** 31, 'too_large'],
  ['B28', 35_000_001, 'too_large'],
  ['B28', 2 ** 53, 'too_large'],
  ['B28', 2 ** 63, 'too_large'],
  ['B28', 1e21, 'too_large'],
  ['B30', 0, 'zero_means_unlimited'],
]

test('B21–B30: what is no limit is refused at its field, and the gateway is asked nothing', async () => {
  const { ask, control, paths } = await here()
  for (const [row, value, code] of BAD_VALUES) {
    for (const path of paths) {
      const { status, body } = await ask('PUT', path, { opsPerSecond: { get: value } })
      expect
        .soft([status, body.type, body.errors], `${row} ${JSON.stringify(value)}`)
        .toMatchObject([400, INVALID, [{ pointer: '/body/opsPerSecond/get', code }]])
    }
  }
  expect(control.calls()).toEqual([])
})

const BAD_BODIES: [row: string, body: object, pointer: string, code: string][] = [
  ['B18', { bandwidth: { out: 1 }, emailAddress: 'x@example.com' }, '/body/emailAddress', 'unknown_field'],
  ['B29', { opsPerSecond: { GET: 1 } }, '/body/opsPerSecond/GET', 'unknown_field'],
  ['B29', { opsPerSecond: { 'get ': 1 } }, '/body/opsPerSecond/get ', 'unknown_field'],
  ['B29', { opsPerSecond: { 'delete;drop': 1 } }, '/body/opsPerSecond/delete;drop', 'unknown_field'],
  ['B33', { opsPerSecond: { get: 1 }, admin: true }, '/body/admin', 'unknown_field'],
  ['empty', {}, '/body', 'nothing_to_change'],
  ['empty', { opsPerSecond: {}, bandwidth: {} }, '/body', 'nothing_to_change'],
  ['bandwidth', { bandwidth: { out: 2_000_000_001 } }, '/body/bandwidth/out', 'too_large'],
  ['bandwidth', { bandwidth: { in: 1 } }, '/body/bandwidth/in', 'unknown_field'],
]

test('B18, B29, B33: what is not a change of limits is refused by name', async () => {
  const { ask, control, paths } = await here()
  for (const [row, change, pointer, code] of BAD_BODIES) {
    for (const path of paths) {
      const { status, body } = await ask('PUT', path, change)
      expect.soft([status, body.type, body.errors], row).toMatchObject([400, INVALID, [{ pointer, code }]])
    }
  }
  expect(control.calls()).toEqual([])
})

test('B23, B24: bare words that are no JSON, or no finite number, are refused', async () => {
  const { control, paths, app, session } = await here()
  for (const word of ['NaN', 'Infinity', '1e400', '-1e400', '01', '.5', '1_000']) {
    const reply = await app.inject({
      method: 'PUT',
      url: `/api/v1/clusters/demo${paths[0]}`,
      headers: { ...session(), ...FROM_CONSOLE, 'content-type': 'application/json' },
      payload: `{"opsPerSecond":{"get":${word}}}`,
    })
    expect.soft(reply.statusCode, word).toBe(400)
  }
  expect(control.calls()).toEqual([])
})

test('a removal that names no group of limits is refused', async () => {
  const { ask, control, paths } = await here()
  for (const body of [{}, { group: 'ops' }, { group: null }, { group: 'all', force: true }]) {
    for (const path of paths) expect.soft((await ask('DELETE', path, body)).status, JSON.stringify(body)).toBe(400)
  }
  expect(control.calls()).toEqual([])
})
