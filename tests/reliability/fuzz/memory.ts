const KEPT = 6

/** The last values that answers had under a name. */
export const createMemory = () => {
  const known = new Map<string, string[]>()

  return {
    seen: (name: string): readonly string[] => known.get(name) ?? [],
    learn: (name: string, value: string | undefined): void => {
      if (value === undefined) return
      const values = known.get(name) ?? []
      known.set(name, values)
      if (!values.includes(value)) values.push(value)
      if (values.length > KEPT) values.shift()
    },
  }
}
