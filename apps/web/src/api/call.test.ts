import type { keysRoutes } from '@ostor-console/shared/keys'
import type { Session } from '@ostor-console/shared/session'
import { afterEach, expect, test, vi } from 'vitest'
import { call, writeAs } from './call.ts'

type Writer = Pick<Session, 'csrfToken' | 'admin'>

const session = (id: string, csrfToken: string): Writer => ({
  admin: { id, email: `${id}@example.com`, role: 'admin' },
  csrfToken,
})

/** Answers as a console whose session is this one, and keeps the tokens that writes come with. */
const consoleWith = (now: Writer, meanwhile: () => void = () => {}): string[] => {
  const tokens: string[] = []
  vi.stubGlobal('fetch', async (_address: string, { method, headers }: RequestInit) => {
    if (method === 'GET') return Response.json(now)
    const token = new Headers(headers).get('x-csrf-token') ?? ''
    tokens.push(token)
    meanwhile()
    if (token === now.csrfToken) return Response.json({ id: 'AK', secret: 'shown once' })
    return Response.json({ type: '/problems/request-not-from-console', title: '', status: 403 }, { status: 403 })
  })
  return tokens
}

const write = () =>
  call<typeof keysRoutes.create>('POST', '/api/v1/clusters/:cluster/users/:userId/keys', {
    params: { cluster: 'demo', userId: 'b81d6c5f895a8c86' },
    body: {},
  })

afterEach(() => vi.unstubAllGlobals())

test('a write goes on with the new session that another page of the same admin began', async () => {
  writeAs(session('ada', 'old'))
  const tokens = consoleWith(session('ada', 'new'))
  await write()
  expect(tokens).toEqual(['old', 'new'])
})

test('a write of one admin is never sent in the name of another who signed in on another page', async () => {
  writeAs(session('ada', 'old'))
  const tokens = consoleWith(session('bert', 'new'))
  await expect(write()).rejects.toMatchObject({ problem: { type: '/problems/request-not-from-console' } })
  expect(tokens).toEqual(['old'])
})

test('nor where the page has learned of the other one before the write was refused', async () => {
  const bert = session('bert', 'new')
  writeAs(session('ada', 'old'))
  const tokens = consoleWith(bert, () => writeAs(bert))
  await expect(write()).rejects.toMatchObject({ problem: { type: '/problems/request-not-from-console' } })
  expect(tokens).toEqual(['old'])
})
