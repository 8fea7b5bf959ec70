import type { Replication } from '@ostor-console/shared/replication'
import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Role>arn:aws:iam::ca55631f9f3d59dc:role/s3-replication-role</Role>
  <Rule><Status>Enabled</Status><Priority>1</Priority>
    <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
    <Filter><Prefix>films/</Prefix></Filter>
    <Destination><Bucket>arn:aws:s3:::mirror</Bucket></Destination></Rule>
</ReplicationConfiguration>`

const start = async (options = {}) => {
  const here = await desk({ replicationReaders: 'system', ...options })
  const [bucket = ''] = here.oracle.buckets()
  return { ...here, bucket, read: () => here.ask<Replication>('GET', `/buckets/${bucket}/replication`) }
}

test('what is replicated is shown, and the keys of the other cluster reach no answer and no log', async () => {
  const { control, bucket, read, lines, store } = await start()
  const keys = { accessKey: 'MARKER-remote-key', secret: 'MARKER-remote-secret' }
  control.replicate(bucket, { xml: XML, endpoint: 'https://MARKER-user:MARKER-word@vienna.example.com/x', ...keys })
  const { status, body, text, headers } = await read()
  expect(status).toBe(200)
  expect(body).toMatchObject({
    state: 'configured',
    remote: 'https://vienna.example.com',
    rules: [{ status: 'Enabled', prefix: 'films/', destinationBucket: 'mirror', deleteMarkers: 'Disabled' }],
  })
  const settings = await store.db.selectFrom('settings').selectAll().execute()
  expect(`${text}${JSON.stringify(headers)}${lines.join('')}${JSON.stringify(settings)}`).not.toContain('MARKER')
})

test('a document that cannot be read says so without repeating anything', async () => {
  const { control, bucket, read, lines } = await start()
  for (const xml of ['<ReplicationConfiguration><MARKER', '<!DOCTYPE MARKER><ReplicationConfiguration/>', 'MARKER']) {
    control.replicate(bucket, { xml, endpoint: 'MARKER', accessKey: 'MARKER', secret: 'MARKER' })
    const { body, text } = await read()
    expect(body).toMatchObject({ type: '/problems/gateway-bad-reply' })
    expect(`${text}${lines.join('')}`).not.toContain('MARKER')
  }
})

test.each([
  ['none', 'is set', {}],
  ['not-allowed', 'only its owner may see', { replicationReaders: 'owner' }],
  ['not-supported', 'is known to the gateway', { version: '5.4' }],
] as const)('%s when nothing %s, and the connection stays well', async (state, _, options) => {
  const { read, connection } = await start(options)
  await connection.check()
  const { since } = connection.state()
  const { status, body } = await read()
  expect([status, body.state, body.rules]).toEqual([200, state, []])
  expect(connection.state()).toMatchObject({ state: 'ok', since })
})

test('a gateway that said twice that it has none is not asked again', async () => {
  const { read, control } = await start({ version: '5.4' })
  await read()
  await read()
  control.clearCalls()
  expect((await read()).body).toMatchObject({ state: 'not-supported', detail: expect.stringContaining('501') })
  expect(control.calls()).toEqual([])
})

test('of a bucket that there is not there is none', async () => {
  const { ask } = await start()
  expect((await ask('GET', '/buckets/nowhere/replication')).body).toMatchObject({ type: '/problems/bucket-not-found' })
})

test('nothing sets it or deletes it', async () => {
  const { ask, bucket, control } = await start()
  control.clearCalls()
  for (const method of ['PUT', 'POST', 'DELETE'] as const)
    expect.soft((await ask(method, `/buckets/${bucket}/replication`, {})).status).toBe(404)
  expect(control.calls()).toEqual([])
})
