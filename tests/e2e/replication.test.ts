import { CLUSTER, expect, fact, test } from './console.ts'
import { look } from './look.ts'

const XML = `<ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><Status>Enabled</Status>
<Priority>1</Priority><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
<Filter><Prefix>films/2026/</Prefix></Filter><Destination><Bucket>arn:aws:s3:::films-mirror</Bucket></Destination></Rule>
</ReplicationConfiguration>`

test('shows where a bucket is replicated to, and never the keys for it', async ({ elsewhere }) => {
  // A console of its own.
  test.slow()
  const options = { replicationReaders: 'system', users: 2, buckets: 2, days: 1 } as const
  const { page, simulator, running } = await elsewhere(options)
  const [bucket = '', other = ''] = simulator.control.oracle.buckets()
  const endpoint = 'https://s3.graz.example.com'
  simulator.control.replicate(bucket, { xml: XML, endpoint, accessKey: 'MARKER-key', secret: 'MARKER-secret' })
  const seen: string[] = []
  page.on('response', async (response) => {
    if (!response.url().includes('/replication')) return
    seen.push((await response.text()) + JSON.stringify(await response.allHeaders()))
  })
  await page.goto(`${CLUSTER}/buckets/${bucket}?tab=replication`)
  await expect(fact(page, 'Other cluster')).toContainText(endpoint)
  await expect(fact(page, 'Objects')).toHaveText('films/2026/')
  await expect(fact(page, 'To bucket')).toHaveText('films-mirror')
  await page.getByRole('region', { name: 'Replication' }).scrollIntoViewIfNeeded()
  await look(page, 'replication', ['light-1440'])
  await expect.poll(() => seen.length).toBeGreaterThan(0)
  expect(seen.join('') + running.output() + (await page.content())).not.toContain('MARKER')

  await page.goto(`${CLUSTER}/buckets/${other}?tab=replication`)
  await expect(page.getByRole('region', { name: 'Replication' })).toContainText('is not replicated')
})

test('says why it is not known', async ({ page, simulator }) => {
  const [bucket = ''] = simulator.control.oracle.buckets()
  await page.goto(`${CLUSTER}/buckets/${bucket}?tab=replication`)
  const panel = page.getByRole('region', { name: 'Replication' })
  await expect(panel).toContainText('does not show it to the key of the console')
  await expect(panel).toContainText('403 AccessDenied')
})
