import type { Pair } from '../world/users.ts'

export const wireKeys = (keys: readonly Pair[]) =>
  keys.map(({ id, secret }) => ({ AWSAccessKeyId: id, AWSSecretAccessKey: secret }))
