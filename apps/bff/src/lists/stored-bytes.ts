type Sized = { storedBytes: bigint | null }

/** The sum of the sizes; `null` as soon as one of them is unknown. */
export const sumOf = (sizes: readonly Sized[] | null): bigint | null => {
  if (!sizes) return null
  let sum = 0n
  for (const { storedBytes } of sizes) {
    if (storedBytes === null) return null
    sum += storedBytes
  }
  return sum
}
