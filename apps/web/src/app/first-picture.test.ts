import type { Session } from '@ostor-console/shared/session'
import { beforeEach, expect, test } from 'vitest'
import { sessionQuery } from '../features/session/session.queries.ts'
import { prepare } from './first-picture.ts'
import { queryClient } from './query-client.ts'

const { queryKey } = sessionQuery()
const session = (state: Session['state']): Session => ({ state, version: '1' }) as never

/** Loads nothing, and notes what was asked of it. */
const noting = () => {
  const asked: string[] = []
  const load = async () => {
    asked.push('load')
    return { ready: async () => void asked.push('ready') }
  }
  return { asked, load }
}

beforeEach(() => queryClient.clear())

test.each([true, false])(
  'the page of who is signed in is ready before it is drawn, was here before: %s',
  async (wasHere) => {
    const { asked, load } = noting()
    queryClient.setQueryData(queryKey, session('signed-in'))
    await prepare({ early: wasHere, load })
    expect(asked).toEqual(['load', 'ready'])
  },
)

test('who is not signed in waits for no console', async () => {
  const { asked, load } = noting()
  queryClient.setQueryData(queryKey, session('signed-out'))
  await prepare({ early: false, load })
  expect(asked).toEqual([])
  const never = () => {
    asked.push('load')
    return new Promise<never>(() => {})
  }
  await prepare({ early: true, load: never })
  expect(asked).toEqual(['load'])
})
