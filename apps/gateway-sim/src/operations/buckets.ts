import { noSuchBucket, notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import type { Bucket } from '../world/buckets.ts'
import { sizeAt } from '../world/sizes.ts'
import { json, type Operation, type World } from './operation.ts'
import { selectUser } from './selectors.ts'

/** Written by hand, since the integral may pass 2^53 and is an integer all the same. */
const wire = (world: World, { name, owner, curve }: Bucket): string => {
  const { current, hmax, integral, lastHour } = sizeAt(curve, world.clock.now())
  const created = new Date(Math.floor(curve.createdAt / 1000) * 1000).toISOString()
  const size = `{"current":${current},"hmax":${hmax},"h_integral":${integral},"last_ts":${lastHour}}`
  const ownerId = world.users.summary(owner).id
  return `{"name":${JSON.stringify(name)},"epoch":0,"creation_date":"${created}","owner_id":"${ownerId}","size":${size}}`
}

const list = function* (world: World, buckets: Iterable<Bucket>): Generator<string> {
  let piece = '{"Buckets":['
  let separator = ''
  for (const bucket of buckets) {
    piece += separator + wire(world, bucket)
    separator = ','
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}]}`
}

const namesIn = (body: Buffer): string[] => {
  try {
    const names: unknown = JSON.parse(body.toString())
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  } catch {
    // The refusal below is the answer to text that is not JSON as well.
  }
  throw wrongParameters('The body must be a JSON array of bucket names.')
}

const ofUser: Operation = (world, { parameters }) => {
  try {
    return json(list(world, world.buckets.of(selectUser(world, parameters))))
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 404 || world.settings.missing === '404') throw error
    return json(list(world, []))
  }
}

export const buckets: Operation = (world, request) => {
  const { method, parameters, body } = request
  if (method !== 'GET') throw notAllowed(method)
  const knowsOne = world.settings.versionNumber >= 603
  const selectors = ['emailAddress', 'id', ...(knowsOne ? ['bucket', 'multi'] : [])]
  if (parameters.count(selectors) > 1) throw wrongParameters('More than one parameter is set.')
  if (knowsOne && parameters.has('multi')) {
    return json(
      list(
        world,
        namesIn(body).flatMap((name) => world.buckets.find(name) ?? []),
      ),
    )
  }
  const name = knowsOne ? parameters.value('bucket') : undefined
  if (name !== undefined) {
    const bucket = world.buckets.find(name)
    if (!bucket && world.settings.missing === '404') throw noSuchBucket()
    return json(list(world, bucket ? [bucket] : []))
  }
  // A selector without a value selects nothing, so all are listed.
  const isOfUser = (parameters.value('emailAddress') ?? parameters.value('id')) !== undefined
  return isOfUser ? ofUser(world, request) : json(list(world, world.buckets.all()))
}
