import { describe, expect, test } from 'vitest'
import { ACCOUNT } from '../../../test/factor-desk.ts'
import { passkeyDesk } from '../../../test/passkey-desk.ts'
import { kindOf } from '../../../test/token-desk.ts'
import { CLUSTER } from '../../../test/world.ts'

const SESSION = '/api/v1/session'
const required = { config: { secondStepRequired: true } }

describe('where a second step is required', () => {
  test('whoever has none can do nothing but set one up, and make no token that could', async () => {
    const { admin } = await passkeyDesk(required)
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'signed-in', owesSecondStep: true })
    expect(kindOf(await admin('GET', `${CLUSTER}/users`))).toBe('second-step-missing')
    expect(kindOf(await admin('GET', '/api/v1/admins'))).toBe('second-step-missing')
    const token = { name: 'script', verbs: ['user.see'], days: 30 }
    expect(kindOf(await admin('POST', `${ACCOUNT}/tokens`, token))).toBe('second-step-missing')
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
    expect((await admin('GET', `${SESSION}/all`)).statusCode).toBe(200)
  })

  test('an app or a passkey opens everything at once', async () => {
    const withApp = await passkeyDesk(required)
    expect((await withApp.enrol()).json()).toMatchObject({ session: { owesSecondStep: false } })
    expect((await withApp.admin('GET', `${CLUSTER}/users`)).statusCode).toBe(200)

    const desk = await passkeyDesk(required)
    const passkey = await desk.withPasskey()
    expect((await desk.admin('GET', `${CLUSTER}/users`)).statusCode).toBe(200)
    desk.inOtherBrowser()
    expect((await desk.show(passkey)).json()).toMatchObject({ owesSecondStep: false })
  })

  test('whoever takes theirs away owes one again', async () => {
    const { admin, withPasskey } = await passkeyDesk(required)
    await withPasskey()
    const [{ id }] = (await admin('GET', ACCOUNT)).json().passkeys
    await admin('DELETE', `${ACCOUNT}/passkeys/${id}`, {})
    expect(kindOf(await admin('GET', `${CLUSTER}/users`))).toBe('second-step-missing')
  })
})

test('where it is not, the password alone is enough', async () => {
  const { admin } = await passkeyDesk()
  expect((await admin('GET', SESSION)).json()).toMatchObject({ owesSecondStep: false })
  expect((await admin('GET', `${CLUSTER}/users`)).statusCode).toBe(200)
})
