import { noSuchBucket, noSuchUser, wrongParameters } from '../refusal.ts'
import type { World } from './operation.ts'
import type { Parameters } from './parameters.ts'

const USER_SELECTORS = ['emailAddress', 'id'] as const

/** The one user a request names, by e-mail or id. */
export const selectUser = (world: World, parameters: Parameters): number => {
  if (parameters.count(USER_SELECTORS) > 1) throw wrongParameters('More than one required parameter is set.')
  const email = parameters.value('emailAddress')
  const id = parameters.value('id')
  if (email === undefined && id === undefined) throw wrongParameters('One of emailAddress and id is required.')
  const index = email === undefined ? world.users.indexOfId(id ?? '') : world.users.indexOfEmail(email)
  if (index === undefined) throw noSuchUser()
  return index
}

/** What a limit or quota is about: `user:<index>` or `bucket:<name>`. */
export const selectSubject = (world: World, parameters: Parameters): string => {
  if (parameters.count([...USER_SELECTORS, 'bucket']) !== 1) {
    throw wrongParameters('Exactly one of emailAddress, id and bucket is required.')
  }
  const bucket = parameters.value('bucket')
  if (bucket === undefined) return `user:${selectUser(world, parameters)}`
  if (!world.buckets.find(bucket)) throw noSuchBucket()
  return `bucket:${bucket}`
}
