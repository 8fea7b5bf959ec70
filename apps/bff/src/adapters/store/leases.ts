type Waiter<T> = { take: (item: T) => void; timer: NodeJS.Timeout }

export type Lease<T> = { item: T; release: () => void }

/** Lends each item to one borrower at a time, in the order of asking. */
export const leases = <T>(items: T[], waitMs: number) => {
  const free = [...items]
  const waiting: Waiter<T>[] = []

  const giveBack = (item: T) => {
    const next = waiting.shift()
    if (!next) {
      free.push(item)
      return
    }
    clearTimeout(next.timer)
    next.take(item)
  }

  const lend = (item: T): Lease<T> => {
    let lent = true
    return {
      item,
      release: () => {
        if (lent) giveBack(item)
        lent = false
      },
    }
  }

  return {
    /** Rejects when nothing was given back in time, so that a wait on oneself ends with an error. */
    borrow: (): Promise<Lease<T>> => {
      const item = free.shift()
      if (item !== undefined) return Promise.resolve(lend(item))
      return new Promise((resolve, reject) => {
        const waiter: Waiter<T> = {
          take: (given) => resolve(lend(given)),
          timer: setTimeout(() => {
            waiting.splice(waiting.indexOf(waiter), 1)
            reject(new Error(`no connection of the store became free in ${waitMs} ms`))
          }, waitMs),
        }
        waiting.push(waiter)
      })
    },
  }
}
