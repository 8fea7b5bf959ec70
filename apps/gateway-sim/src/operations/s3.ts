import type { Target } from '../query.ts'
import { notAllowed, Refusal } from '../refusal.ts'
import type { Signed } from '../signature/authenticate.ts'
import type { User } from '../world/users.ts'
import type { Answer, World } from './operation.ts'
import { replication } from './replication.ts'

type S3Request = Pick<Signed, 'method' | 'target' | 'body' | 'header'> & { caller: User }

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const isReplication = ({ parameters }: Target) => parameters[0]?.name === 'replication' && parameters[0].value === null

/** The bucket in the path, or else in front of the host name. */
const bucketOf = (world: World, target: Target, host: string): string | undefined => {
  const inPath = decodeURIComponent(target.path.slice(1).replace(/\/$/, ''))
  const inHost = host.split('.')[0] ?? ''
  return inPath || (world.buckets.find(inHost) ? inHost : undefined)
}

/** The target with what an S3 request for a bucket signs; other requests stay as they are. */
export const s3Target = (world: World, { target, header }: Signed): Target => {
  if (target.service !== undefined || !isReplication(target)) return target
  // A path is signed as it was sent, a bucket in the host name as if it stood there.
  const inHost = target.path === '/' ? bucketOf(world, target, header('host')) : undefined
  const path = inHost === undefined ? target.path.replace(/\/?$/, '/') : `/${inHost}/`
  return path === '/' ? target : { ...target, signed: `${path}?replication` }
}

/** The little of S3 itself that stands on the same address: the caller's buckets, and replication. */
export const answerS3 = (world: World, { method, target, caller, body, header }: S3Request): Answer => {
  const bucket = bucketOf(world, target, header('host'))
  if (isReplication(target) && bucket !== undefined) return replication(world, { method, bucket, caller, body, header })
  if (target.path !== '/' || bucket !== undefined) {
    throw new Refusal(501, 'NotImplemented', 'This gateway is simulated and stores no objects.')
  }
  if (method !== 'GET') throw notAllowed(method)
  const owned = [...world.buckets.of(caller.index)].map(({ name, curve }) => {
    const created = new Date(curve.createdAt).toISOString()
    return `<Bucket><Name>${escape(name)}</Name><CreationDate>${created}</CreationDate></Bucket>`
  })
  const owner = `<Owner><ID>${caller.id}</ID><DisplayName>${escape(caller.email)}</DisplayName></Owner>`
  const content = `${owner}<Buckets>${owned.join('')}</Buckets>`
  const xml = `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</ListAllMyBucketsResult>`
  return { status: 200, contentType: 'application/xml', body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}` }
}
