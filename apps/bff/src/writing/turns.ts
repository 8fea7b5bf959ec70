export type InTurn = <T>(subject: string, work: () => Promise<T>) => Promise<T>

/**
 * Lets one piece of work at a time touch a subject; the others wait in the order in which they came. `alone` keeps other
 * processes away from it meanwhile, where there are any.
 */
export const createTurns = (alone: InTurn = (_subject, work) => work()): InTurn => {
  const last = new Map<string, Promise<unknown>>()
  return (subject, work) => {
    const run = (last.get(subject) ?? Promise.resolve()).then(() => alone(subject, work))
    const settled = run
      .catch(() => undefined)
      .finally(() => {
        if (last.get(subject) === settled) last.delete(subject)
      })
    last.set(subject, settled)
    return run
  }
}

type OfCluster = { id: string }

/** Whatever is done to a user or to what belongs to them. The letter case of an id says nothing. */
export const userTurn = (cluster: OfCluster, userId: string): string => `${cluster.id}/users/${userId.toLowerCase()}`

/** Two users of one e-mail in other letter case could not be told apart. */
export const emailTurn = (cluster: OfCluster, email: string): string => `${cluster.id}/e-mails/${email.toLowerCase()}`

export const bucketTurn = (cluster: OfCluster, name: string): string => `${cluster.id}/buckets/${name}`
