import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { guesses } from './guesses.ts'
import { problems } from './problems.ts'

test('whoever asks too often for what takes the store long has to wait, and nobody else', async () => {
  const app = Fastify()
  app.decorateRequest('actor', {
    getter() {
      return String(this.headers['x-actor'])
    },
  })
  await app.register(problems)
  await app.register(guesses)
  await app.register(async (inner) => {
    inner.get('/history', { config: { verb: 'usage.see' } }, async () => 'history')
    inner.get('/users', { config: { verb: 'user.list' } }, async () => 'users')
  })
  const ask = async (url: string, actor: string) =>
    (await app.inject({ url, headers: { 'x-actor': actor }, remoteAddress: '192.0.2.1' })).statusCode

  const codes: number[] = []
  for (let n = 0; n < 3_001; n += 1) codes.push(await ask('/history', 'script'))
  expect(new Set(codes.slice(0, 3_000))).toEqual(new Set([200]))
  expect(codes.at(-1)).toBe(429)
  expect(await ask('/history', 'ada')).toBe(200)
  expect(await ask('/users', 'script')).toBe(200)
})
