import { expect, test } from 'vitest'
import { GroupDraft } from './groups.ts'

const draft = (name: string) => GroupDraft.safeParse({ name, domains: [] })

test('spaces around a name are left out, and what the description forbids is refused even there', () => {
  expect(draft(' Customers of Ada ').data?.name).toBe('Customers of Ada')
  for (const name of ['\r\nSet-Cookie: a=b', 'a\t', '   ', `${'a'.repeat(64)} `])
    expect(draft(name).success).toBe(false)
})
