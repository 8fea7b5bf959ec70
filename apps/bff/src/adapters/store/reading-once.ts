/** Lets all who ask for the same thing while it is being read wait for that one reading; `forget` lets nobody else join. */
export const readingOnce = <T>(read: (key: string) => Promise<T>) => {
  const underWay = new Map<string, Promise<T>>()

  return {
    read: (key: string): Promise<T> => {
      const known = underWay.get(key)
      if (known) return known
      const begun = read(key).finally(() => {
        if (underWay.get(key) === begun) underWay.delete(key)
      })
      underWay.set(key, begun)
      return begun
    },
    /** What is being read now is from before a change. */
    forget: (): void => underWay.clear(),
  }
}
