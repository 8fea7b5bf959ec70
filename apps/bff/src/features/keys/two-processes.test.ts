import { expect, onTestFinished, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { blankPlace } from '../../../test/stores.ts'
import { openStore } from '../../adapters/store/store.ts'
import { userTurn } from '../../writing/turns.ts'

test('two processes that each revoke one of two keys do not leave the user without one', async () => {
  const place = await blankPlace('postgresql')
  const { ask, user, writes, gateway } = await desk({ twoKeyUsers: 5 }, { databaseUrl: place.databaseUrl })
  const elsewhere = await openStore(place)
  onTestFinished(() => elsewhere.close())
  const [{ id, email, keys }, another] = [user(1), user(2)]

  const { reply } = await elsewhere.alone(userTurn({ id: 'demo' }, id), async () => {
    const asked = ask('DELETE', `/users/${id}/keys/${keys[0]?.id}`)
    expect((await ask('DELETE', `/users/${another.id}/keys/${another.keys[0]?.id}`)).status).toBe(204)
    expect(writes()).toHaveLength(1)
    await gateway.revokeKey(email, keys[1]?.id ?? '')
    return { reply: asked }
  })

  expect((await reply).body.type).toBe('/problems/last-key')
  expect(writes()).toHaveLength(2)
})
