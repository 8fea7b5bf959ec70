import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'

const ANA = { UserEmail: 'ana@example.com', UserId: 'ca55631f9f3d59dc', State: 'enabled', OwnerId: '0000000000000000' }

test('a gateway that does not know "space" is asked without it from then on, and sizes are unknown, not 0', async () => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ parameters: { space: null }, status: 400, code: 'InvalidArgument' })
  const { users, sized } = await gateway.listUsers()
  expect(sized).toBe(false)
  expect(users.map(({ storedBytes }) => storedBytes)).toEqual(users.map(() => null))
  // Once may be a mistake.
  await gateway.listUsers()
  expect(simulator.control.calls()).toHaveLength(4)
  await gateway.listUsers()
  expect(simulator.control.calls()).toHaveLength(5)
})

test.each([
  { status: 400, code: 'RequestTimeout' },
  { status: 400, code: 'AuthorizationHeaderMalformed' },
  { status: 409, code: 'OperationAborted' },
])('a list with "space" that is refused for another reason (%j) is asked for again', async (refusal) => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ parameters: { space: null }, times: 2, ...refusal })
  expect((await gateway.listUsers()).sized).toBe(false)
  expect((await gateway.listUsers()).sized).toBe(false)
  expect((await gateway.listUsers()).sized).toBe(true)
})

test('sizes come with the list where the gateway tells them', async () => {
  const { gateway } = await simulated()
  const { users, sized } = await gateway.listUsers()
  expect(sized).toBe(true)
  expect(users.some(({ storedBytes }) => (storedBytes ?? 0n) > 0n)).toBe(true)
})

test('an unknown state, missing flags and a user listed twice do no harm; a user without an id is an error', async () => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({
    body: JSON.stringify([{ ...ANA, State: 'frozen' }, ANA, { ...ANA, State: 'frozen' }]),
    times: 1,
  })
  expect((await gateway.listUsers()).users).toEqual([
    { id: ANA.UserId, email: ANA.UserEmail, state: 'unknown', flags: [], ownerId: ANA.OwnerId, storedBytes: null },
  ])
  simulator.control.faults.add({ body: JSON.stringify([ANA, { UserEmail: 'x' }]) })
  await expect(gateway.listUsers()).rejects.toMatchObject({ problem: { type: '/problems/gateway-bad-reply' } })
})

test('an e-mail that several users share finds none of them', async () => {
  const { gateway, simulator } = await simulated()
  const one = { ...ANA, UserEmail: 'Ana@example.com' }
  simulator.control.faults.add({
    status: 200,
    body: JSON.stringify({ Users: [ANA, { ...one, UserId: 'a14040e0b2ef8b28' }] }),
  })
  await expect(gateway.findUserByEmail('ana@example.com')).rejects.toMatchObject({
    problem: { type: '/problems/email-ambiguous' },
  })
})

test('an answer about somebody else is not taken for the user that was asked for', async () => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ status: 200, body: JSON.stringify(ANA) })
  expect(await gateway.findUserByEmail('eve@example.com')).toBeNull()
  await expect(gateway.getUser('a14040e0b2ef8b28')).rejects.toMatchObject({
    problem: { type: '/problems/user-not-found' },
  })
})

test('accounts come with their keys and without secrets; without accounts there are none to know of', async () => {
  const { gateway, simulator } = await simulated({ users: 1, accountUsers: 1 })
  const owner = simulator.control.oracle.users()[1]
  const detail = await gateway.getUser(owner?.id ?? '')
  expect(detail.accounts?.length).toBeGreaterThan(0)
  expect(Object.keys(detail.accounts?.[0] ?? {})).toEqual(['name', 'keyIds'])
  expect(JSON.stringify({ ...detail, storedBytes: null })).not.toMatch(/secret/i)

  const counted = await simulated()
  for (const [count, accounts] of [
    ['0', []],
    [0, []],
    ['2', null],
  ] as const) {
    counted.simulator.control.faults.add({
      status: 200,
      body: JSON.stringify({ ...ANA, AccountCount: count }),
      times: 1,
    })
    expect((await counted.gateway.getUser(ANA.UserId)).accounts).toEqual(accounts)
  }

  const older = await simulated({ version: '4.5' })
  expect((await older.gateway.getUser(older.simulator.control.oracle.users()[1]?.id ?? '')).accounts).toBeNull()
})

test('a key is found among several by difference, wherever it stands', async () => {
  const pairs = ['1', '2', '3'].map((end) => ({
    AWSAccessKeyId: `${ANA.UserId}AAA${end}`,
    AWSSecretAccessKey: `secret${end}`,
  }))
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ method: 'POST', status: 200, body: JSON.stringify({ ...ANA, AWSAccessKeys: pairs }) })
  const key = await gateway.generateKey(ANA.UserEmail, [`${ANA.UserId}AAA1`, `${ANA.UserId}AAA3`])
  expect([key.id, key.secret.reveal()]).toEqual([`${ANA.UserId}AAA2`, 'secret2'])
  const known = pairs.map(({ AWSAccessKeyId }) => AWSAccessKeyId)
  for (const before of [known, [], known.slice(0, 1)]) {
    await expect(gateway.generateKey(ANA.UserEmail, before)).rejects.toMatchObject({
      problem: { type: '/problems/outcome-unknown' },
    })
  }
})

test('an empty e-mail or id, which the gateway reads as "all", is refused before anything is sent', async () => {
  const { gateway, simulator } = await simulated()
  const empty = [
    () => gateway.getUser(''),
    () => gateway.findUserByEmail(''),
    () => gateway.bucketsOf(''),
    () => gateway.deleteUser(''),
    () => gateway.createUser(''),
    () => gateway.setUserState('', 'disabled'),
    () => gateway.revokeKey('a@x.com', ''),
    () => gateway.getLimits({ bucket: '' }),
    () => gateway.readStatistics(''),
    () => gateway.deleteStatistics(''),
  ]
  for (const call of empty)
    await expect(call()).rejects.toMatchObject({ problem: { type: '/problems/request-invalid' } })
  expect(simulator.control.calls()).toEqual([])
})

test('byte-hours past 2^53 are exact', async () => {
  const { gateway, simulator } = await simulated({ hugeBuckets: 3, now: '2026-11-23T10:00:00Z', skewMinutes: 0 })
  const huge = (await gateway.listBuckets()).filter(({ byteHours }) => (byteHours ?? 0n) > 2n ** 53n)
  expect(huge.length).toBeGreaterThan(2)
  for (const { name, byteHours } of huge) expect(byteHours).toBe(simulator.control.oracle.size(name)?.integral)
})
