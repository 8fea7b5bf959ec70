import { expect, test } from 'vitest'
import { billingFiles } from './billing-files.ts'
import type { MadeFile } from './billing-months.ts'

const bytesOf = async ({ file, parts }: MadeFile): Promise<[string, number]> => {
  let bytes = 0
  for await (const part of parts) bytes += part.length
  return [file, bytes]
}

async function* noLines() {
  yield []
}

test('the files of a month can be read again, as by a transaction that is run again', async () => {
  const AT = '2026-11-01T00:00:00.000Z'
  const about = {
    month: '2026-10',
    from: '2026-10-01T00:00:00.000Z',
    to: AT,
    timeZone: 'UTC',
    closedAt: AT,
    closedBy: 'clerk@provider.example',
    acceptedIncomplete: false,
    coverage: [],
    sums: [],
  }
  let seen: Record<string, number>[] = []
  await billingFiles.make(noLines(), about, async (_, files) => {
    seen = [
      Object.fromEntries(await Promise.all(files.map(bytesOf))),
      Object.fromEntries(await Promise.all(files.map(bytesOf))),
    ]
  })
  expect(seen[0]?.['manifest']).toBeGreaterThan(0)
  expect(seen[1]).toEqual(seen[0])
})
