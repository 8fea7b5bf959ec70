import { TOTP } from 'otpauth'
import { testClock } from './test-clock.ts'
import { ADMIN, CLUSTER, world } from './world.ts'

export const PERIOD = 30_000
export const MINUTE = 60_000
export const STEP = '/api/v1/session/second-factor'
export const ACCOUNT = '/api/v1/account'
export const FACTOR = '/api/v1/account/second-factor'

/** A console whose clock stands still, and an authenticator app beside it. */
export const factorDesk = async (options: Parameters<typeof world>[0] = {}) => {
  const { now, later: pass } = testClock(Date.now())
  const built = await world({ simulator: { users: 1, buckets: 1, days: 1 }, now, ...options })
  const { admin, signIn } = built
  let seed = ''
  /** The code of the app, so many steps from now. */
  const code = (steps = 0) => codeAt(seed, now().getTime() + steps * PERIOD)
  const enrol = async () => {
    seed = (await admin('POST', FACTOR, { password: ADMIN.password })).json().seed
    return await admin('PUT', FACTOR, { code: code() })
  }
  const step = async (given: string, method = 'app') => await admin('POST', STEP, { method, code: given })
  const typeOf = async (reply: ReturnType<typeof admin>) => {
    const { statusCode, body } = await reply
    return statusCode < 300 ? statusCode : JSON.parse(body).type
  }
  const audit = async () =>
    (await admin('GET', `${CLUSTER}/audit?limit=200`))
      .json()
      .items.map(({ action, outcome }: Record<string, string>) => `${action} ${outcome}`)
  return { ...built, enrol, code, step, typeOf, pass, audit, signIn, seed: () => seed }
}

export const codeAt = (seed: string, timestamp: number) => new TOTP({ secret: seed }).generate({ timestamp })
