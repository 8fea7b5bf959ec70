import { expect, test } from 'vitest'
import { auditRoutes } from './audit.ts'
import { AUDIT_FIELDS } from './audit-fields.ts'
import { OPS } from './limits.ts'
import { PRICED } from './plans.ts'

test('holds what is named by other lists: limits, prices and the filter of an export', () => {
  const filter = Object.keys(auditRoutes.export.schema.querystring.shape)
  expect(AUDIT_FIELDS).toEqual(
    expect.arrayContaining([...OPS.map((op) => `opsPerSecond.${op}`), 'bandwidth.out', ...PRICED, ...filter]),
  )
})
