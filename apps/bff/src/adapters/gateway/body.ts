/** Takes the body of an answer as it arrives, and makes of it what was asked for. */
export type Sink<T> = { push(chunk: Buffer): void; end(): T }

const MIB = 1024 * 1024

/** The most that is taken of a body. A million buckets are some 200 MiB; an error page needs no more than its head. */
export const MAX_BYTES = {
  list: 512 * MIB,
  statistics: 64 * MIB,
  one: 8 * MIB,
  configuration: MIB / 4,
  failure: MIB / 16,
} as const

export const wholeBody = (): Sink<Buffer> => {
  const chunks: Buffer[] = []
  return { push: (chunk) => chunks.push(chunk), end: () => Buffer.concat(chunks) }
}
