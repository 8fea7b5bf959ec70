import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** What is strong so far is strong; longer texts only take longer to look at. */
const LOOKED_AT = 64
/** Of 0 to 4: found with less than a hundred million guesses. */
const WEAK = 3

const guesses = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** Whether a password is among the first that anybody tries: common ones, rows of keys, repetitions, and what it is about. */
export const isGuessable = (password: string, email: string): boolean => {
  const about = [email, ...email.split(/[^\p{L}\p{N}]+/u), 'ostor', 'console'].filter((word) => word.length > 2)
  return guesses.check(password.slice(0, LOOKED_AT), about).score < WEAK
}

/** Throws `request-invalid` for a password that is guessed first (ASVS 5.0.0 6.2.4). */
export const refuseGuessable = (password: string, email: string, field: string): void => {
  if (!isGuessable(password, email)) return
  const detail = said`is one that is guessed first: several words that have nothing to do with each other are not`
  throw problem('request-invalid', { errors: [{ pointer: `/body/${field}`, code: 'guessable', detail }] })
}
