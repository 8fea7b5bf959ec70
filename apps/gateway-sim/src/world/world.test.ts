import { afterEach, expect, test } from 'vitest'
import { ask, read } from '../../test/client.ts'
import { type Simulator, startSimulator } from '../simulator.ts'
import { idOf, indexOf } from './hash.ts'
import { HOSTILE_TEXTS } from './hostile.ts'
import { createNames } from './names.ts'

let simulator: Simulator | undefined
afterEach(() => simulator?.close())

test('an id leads back to its number, and a made-up id to none', () => {
  for (const number of [0, 1, 77, 99_999, 4_000_000_000]) expect(indexOf(5, idOf(5, number))).toBe(number)
  expect(indexOf(5, '0123456789abcdef')).toBeUndefined()
  expect(indexOf(5, 'x')).toBeUndefined()
})

test('names are all different, and each leads back to its number', () => {
  const names = createNames(9)
  const emails = Array.from({ length: 5000 }, (_, number) => names.email(number))
  expect(new Set(emails).size).toBe(5000)
  for (const [number, email] of emails.entries()) expect(names.numberOfEmail(email)).toBe(number)
  const buckets = Array.from({ length: 5000 }, (_, at) => ({ owner: at % 100, nth: Math.floor(at / 100) }))
  const texts = buckets.map(({ owner, nth }) => names.bucket(owner, nth))
  expect(new Set(texts).size).toBe(5000)
  for (const [at, text] of texts.entries()) expect(names.placeOfBucket(text)).toEqual(buckets[at])
})

test('a large world has exactly the users and buckets asked for, each found by its name', async () => {
  simulator = await startSimulator({ users: 3000, buckets: 20_000, days: 0 })
  const { oracle } = simulator.control
  const buckets = oracle.buckets()
  expect(oracle.users()).toHaveLength(3001)
  expect(new Set(buckets).size).toBe(20_000)
  for (const name of buckets.filter((_, at) => at % 997 === 0)) expect(oracle.size(name)).toBeDefined()
  expect(oracle.users().some(({ id }) => oracle.buckets(id).length === 0)).toBe(true)
})

test('hostile text stands in e-mails, bucket names and tags, and selects what it names', async () => {
  simulator = await startSimulator({ users: 25, buckets: 30, days: 1, hostile: true })
  const { Users } = await read(simulator, 'ostor-users')
  const { Buckets } = await read(simulator, 'ostor-buckets')
  for (const text of HOSTILE_TEXTS) {
    const user = Users.find(({ UserEmail }: { UserEmail: string }) => UserEmail === text)
    expect(Buckets.map(({ name }: { name: string }) => name)).toContain(`hostile ${text}`)
    if (text.length > 500) continue
    const found = await read(simulator, `ostor-users&emailAddress=${encodeURIComponent(text)}`)
    expect(found.UserId).toBe(user.UserId)
    const one = await ask(simulator, 'GET', `ostor-buckets&bucket=${encodeURIComponent(`hostile ${text}`)}`)
    expect(JSON.parse(one.text).Buckets).toHaveLength(1)
  }
  const [name] = (await read(simulator, 'ostor-usage')).items
  expect((await ask(simulator, 'GET', `ostor-usage&obj=${name}`)).text).toContain('<script>')
})
