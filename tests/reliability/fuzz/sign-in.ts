import type { Session } from '@ostor-console/shared/session'
import { expect } from 'vitest'
import type { world } from '../../../apps/bff/test/world.ts'
import { ADMIN, FROM_CONSOLE } from '../../../apps/bff/test/world.ts'

type World = Pick<Awaited<ReturnType<typeof world>>, 'app' | 'session' | 'signIn'>

/** Signs in whoever has the password of the admin, each from an address of its own, so that nobody has to wait. */
export const createSignIn = (here: World) => {
  let addresses = 0
  return async (email: string): Promise<Record<string, string>> => {
    addresses += 1
    const remoteAddress = `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`
    if (email === ADMIN.email) {
      const { statusCode, body } = await here.signIn(ADMIN, remoteAddress)
      expect({ statusCode, body }).toMatchObject({ statusCode: 200 })
      return here.session()
    }
    const reply = await here.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { ...FROM_CONSOLE, 'content-type': 'application/json' },
      payload: JSON.stringify({ email, password: ADMIN.password }),
      remoteAddress,
    })
    const [sid] = reply.cookies
    if (reply.statusCode !== 200 || !sid) throw new Error(`the sign-in of ${email} answered ${reply.body}`)
    const { csrfToken } = reply.json<Session>()
    return { cookie: `${sid.name}=${sid.value}`, 'x-csrf-token': csrfToken ?? '' }
  }
}
