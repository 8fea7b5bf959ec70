import { noSuchBucket, notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import type { User } from '../world/users.ts'
import type { Answer, World } from './operation.ts'

type ReplicationRequest = {
  method: string
  bucket: string
  caller: User
  body: Buffer
  header: (name: string) => string
}

const SINCE = 602

/** Replication of one bucket, asked for by its owner in the S3 way. GET gives the remote secret back in a header. */
export const replication = (world: World, { method, bucket, caller, body, header }: ReplicationRequest): Answer => {
  if (world.settings.versionNumber < SINCE) {
    throw new Refusal(501, 'NotImplemented', 'A header or parameter that was given is not implemented.')
  }
  const found = world.buckets.find(bucket)
  if (!found) throw noSuchBucket()
  const mayRead = world.settings.replicationReaders === 'system' && caller.flags.includes('system')
  if (found.owner !== caller.index && !(method === 'GET' && mayRead))
    throw new Refusal(403, 'AccessDenied', 'Access Denied')
  if (method === 'PUT') {
    const xml = body.toString()
    if (!xml.includes('<ReplicationConfiguration'))
      throw wrongParameters('The body must be a ReplicationConfiguration.')
    const remote = ['endpoint', 'access-key', 'access-secret'].map((name) => header(`x-amz-geo-${name}`))
    const [endpoint = '', accessKey = '', secret = ''] = remote
    world.replication.set(bucket, { xml, endpoint, accessKey, secret })
    return { status: 200, body: '' }
  }
  if (method === 'DELETE') {
    world.replication.delete(bucket)
    return { status: 200, body: '' }
  }
  if (method !== 'GET') throw notAllowed(method)
  const set = world.replication.get(bucket)
  if (!set) {
    const message = 'The replication configuration was not found.'
    throw new Refusal(404, 'ReplicationConfigurationNotFoundError', message)
  }
  const headers = {
    'x-amz-geo-endpoint': set.endpoint,
    'x-amz-geo-access-key': set.accessKey,
    'x-amz-geo-access-secret': set.secret,
  }
  return { status: 200, contentType: 'application/xml', headers, body: set.xml }
}
