/** The sum of the sizes; `null` as soon as one of them is unknown. */
export const sumOf = (sizes: Iterable<bigint | null>): bigint | null => {
  let sum = 0n
  for (const size of sizes) {
    if (size === null) return null
    sum += size
  }
  return sum
}

export const storedIn = (rows: readonly { storedBytes: bigint | null }[]): bigint | null =>
  sumOf(rows.map(({ storedBytes }) => storedBytes))
