import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import type { Admins } from '../../adapters/store/admins.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()

/** Who holds the code that the process printed when it started may make the first admin, once. */
export const createSetup = (admins: Pick<Admins, 'count'>) => {
  const code = randomBytes(18).toString('base64url')
  let last: Promise<unknown> = Promise.resolve()

  return {
    code,
    /** Runs `create` when the code is right and there is no admin; one call at a time, so that only one can be first. */
    first<T>(given: string, create: () => Promise<T>): Promise<T> {
      const turn = last.then(async () => {
        if ((await admins.count()) > 0) throw problem('setup-done')
        if (!timingSafeEqual(hash(given), hash(code))) throw problem('setup-code-wrong')
        return create()
      })
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

export type Setup = ReturnType<typeof createSetup>
