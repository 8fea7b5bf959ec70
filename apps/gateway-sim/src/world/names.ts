import { hash } from './hash.ts'

const STARTS = (
  'north blue silver red green bright clear deep east west south high iron stone river oak ' +
  'pine maple cedar amber golden quiet swift grand new old lake summit frost sun star moon'
).split(' ')
const ENDS = (
  'wind harbor field ridge gate brook bridge works labs media soft net data care foods print ' +
  'trade craft bank line point crest wood dale port forge peak shore way mill house gardens'
).split(' ')
const MAILBOXES = 'billing ops storage backup it admin cloud support'.split(' ')
const PURPOSES =
  'backups media logs archive assets exports photos documents db builds invoices mail video releases snapshots reports'.split(
    ' ',
  )

const COMPANIES = STARTS.length * ENDS.length
const MULTIPLIER = 389
const words = Array.from({ length: COMPANIES }, (_, at) => `${STARTS[at % 32]}${ENDS[Math.floor(at / 32)]}`)
const placeOf = new Map(words.map((word, at) => [word, at]))

/** Made-up companies, their e-mail addresses and buckets; each name can be turned back into its number. */
export const createNames = (seed: number) => {
  const shift = hash(seed, 1) % COMPANIES
  const order = Array.from({ length: COMPANIES }, (_, at) => (at * MULTIPLIER + shift) % COMPANIES)
  const numberOf = new Map(order.map((place, at) => [place, at]))

  const company = (number: number) => {
    const round = Math.floor(number / COMPANIES)
    const word = words[order[number % COMPANIES] ?? 0] ?? ''
    return round === 0 ? word : `${word}-${round + 1}`
  }

  const companyNumber = (word: string, round: string | undefined) => {
    const number = numberOf.get(placeOf.get(word) ?? -1)
    return number === undefined ? undefined : number + (round === undefined ? 0 : Number(round) - 1) * COMPANIES
  }

  const email = (number: number) => `${MAILBOXES[hash(seed, 2, number) % MAILBOXES.length]}@${company(number)}.example`

  const bucket = (owner: number, nth: number) => {
    const round = Math.floor(nth / PURPOSES.length)
    const purpose = PURPOSES[(nth + hash(seed, 3, owner)) % PURPOSES.length]
    return `${company(owner)}-${purpose}${round === 0 ? '' : `-${round + 1}`}`
  }

  return {
    email,
    bucket,

    numberOfEmail(text: string): number | undefined {
      const [, word = '', round] = /^[a-z]+@([a-z]+)(?:-(\d+))?\.example$/.exec(text) ?? []
      const number = companyNumber(word, round)
      return number !== undefined && email(number) === text ? number : undefined
    },

    placeOfBucket(text: string): { owner: number; nth: number } | undefined {
      const [, word = '', round, purpose = '', again] = /^([a-z]+)(?:-(\d+))?-([a-z]+)(?:-(\d+))?$/.exec(text) ?? []
      const owner = companyNumber(word, round)
      const place = PURPOSES.indexOf(purpose)
      if (owner === undefined || place < 0) return undefined
      const turn = (place - (hash(seed, 3, owner) % PURPOSES.length) + PURPOSES.length) % PURPOSES.length
      const nth = turn + (again === undefined ? 0 : Number(again) - 1) * PURPOSES.length
      return bucket(owner, nth) === text ? { owner, nth } : undefined
    },
  }
}

export type Names = ReturnType<typeof createNames>
