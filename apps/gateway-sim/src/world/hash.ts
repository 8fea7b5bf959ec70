/** A 32-bit hash of up to four integers: the only source of chance, so that one seed always gives one world. */
export const hash = (a: number, b: number, c = 0, d = 0): number => {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 16) ^ d, 0x165667b1)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** The same as a fraction in [0, 1). */
export const chance = (a: number, b: number, c = 0, d = 0): number => hash(a, b, c, d) / 4294967296

/** Characters of an alphabet, chosen by hash. */
export const letters = (alphabet: string, length: number, a: number, b: number, c: number): string => {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[hash(a, b, c, i) % alphabet.length]
  return text
}

const ROUNDS = 4

/** 16 hex digits that stand for an index and can be turned back into it. */
export const idOf = (seed: number, index: number): string => {
  let left = 0
  let right = index >>> 0
  for (let round = 0; round < ROUNDS; round++) {
    const mixed = (left ^ hash(seed, round, right)) >>> 0
    left = right
    right = mixed
  }
  return left.toString(16).padStart(8, '0') + right.toString(16).padStart(8, '0')
}

/** The index behind an id, or nothing where no index has that id. */
export const indexOf = (seed: number, id: string): number | undefined => {
  if (!/^[0-9a-f]{16}$/.test(id)) return undefined
  let left = Number.parseInt(id.slice(0, 8), 16)
  let right = Number.parseInt(id.slice(8), 16)
  for (let round = ROUNDS - 1; round >= 0; round--) [left, right] = [(right ^ hash(seed, round, left)) >>> 0, left]
  return left === 0 ? right : undefined
}

/** Whether number `at` of `of` is one of `some` spread evenly over them. */
export const isAmong = (some: number, at: number, of: number) =>
  some > 0 && Math.floor(((at + 1) * some) / of) > Math.floor((at * some) / of)
