import type { AuditEntry, AuditRecord } from '@ostor-console/shared/audit'
import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { auditOf } from '../../adapters/store/audit.ts'
import { exportOf } from './export.ts'

const actor = 'eve@example.com'

test('an export holds all that its filter shows, says its own end, and is an entry itself', async () => {
  const { store, admin, ask } = await desk()
  const log = auditOf(store)
  for (let n = 1; n <= 3; n += 1)
    await log.record({ actor, cluster: 'demo', action: 'user.enable', target: `=cmd(${n})`, outcome: 'done' })
  const path = '/api/v1/clusters/demo/audit/export'
  const filter = 'actor=eve%40example.com&from=2026-01-01T00:00:00Z&to=2030-02-01T00:00:00Z'

  const csv = await admin('GET', `${path}?format=csv&${filter}`)
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(csv.headers['content-disposition']).toBe('attachment; filename="audit-demo-2026-01-01-to-2030-01-31.csv"')
  const lines = csv.body.split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toMatch(/^Time,Admin,Action,Outcome,Cluster,Target,/)
  expect(lines.slice(1, 4).map((line) => line.split(',')[5])).toEqual(["'=cmd(3)", "'=cmd(2)", "'=cmd(1)"])
  expect(lines[4]).toBe(`End of the export,3 entries${','.repeat(12)}`)

  const jsonl = await admin('GET', `${path}?format=jsonl&${filter}&search=cmd(2)`)
  const read = jsonl.body
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(read).toMatchObject([
    { target: '=cmd(2)', actor, address: null, requestIds: [] },
    { end: true, entries: 1 },
  ])

  const { body } = await ask<{ items: AuditEntry[] }>('GET', '/audit?action=audit.export')
  expect(body.items).toMatchObject([
    { outcome: 'done', address: '127.0.0.1', after: { format: 'jsonl', search: 'cmd(2)', entries: '1' } },
    { outcome: 'done', target: 'audit-demo-2026-01-01-to-2030-01-31.csv', after: { actor, entries: '3' } },
  ])
})

const torn = async function* (): AsyncGenerator<AuditRecord[]> {
  yield [{ id: 'o1', target: 'a\n=1+1', before: null, after: null, requestIds: [] as string[] } as AuditRecord]
}

test('a line end within a name begins no line of the file', async () => {
  let file = ''
  for await (const text of exportOf('csv', torn(), async () => {})) file += text
  expect(file).toContain('"a\n=1+1"')
})

test('a page of an export is read only when the one before was taken, and one that is cut off says so', async () => {
  const read: number[] = []
  const pages = async function* (): AsyncGenerator<AuditRecord[]> {
    for (let page = 1; page <= 3; page += 1) {
      read.push(page)
      yield [{ id: `o${page}` } as AuditRecord]
    }
  }
  const ends: unknown[] = []
  const lines = exportOf('jsonl', pages(), async (sent) => void ends.push(sent))
  await lines.next()
  await lines.next()
  expect(read).toEqual([1, 2])
  await lines.return(undefined)
  expect(ends).toEqual([{ outcome: 'refused', after: { entries: '1' }, detail: 'The file was cut off' }])
})
