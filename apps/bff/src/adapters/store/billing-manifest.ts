import { ClusterCoverage } from '@ostor-console/shared/billing'
import { MonthName } from '@ostor-console/shared/bills'
import { Priced } from '@ostor-console/shared/plans'
import * as z from 'zod'

const Whole = z.string().regex(/^-?\d+$/)

/** What the lines of one kind, sort and currency come to; the amount in millionths. */
const LineGroup = z.strictObject({
  kind: z.enum(['usage', 'correction']),
  metric: Priced,
  currency: z.string().nullable(),
  lines: z.int(),
  quantity: Whole,
  amount: Whole,
})
export type LineGroup = z.infer<typeof LineGroup>

const ManifestFile = z.strictObject({
  file: z.string().regex(/^billing-20\d\d-\d\d\.(csv|parquet)$/),
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ManifestFile = z.infer<typeof ManifestFile>

export const BillingManifest = z.strictObject({
  format: z.literal(1),
  month: MonthName,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeZone: z.string(),
  closedAt: z.iso.datetime(),
  closedBy: z.string(),
  acceptedIncomplete: z.boolean(),
  coverage: z.array(ClusterCoverage),
  lines: z.int(),
  sums: z.array(LineGroup),
  files: z.array(ManifestFile).length(2),
})
export type BillingManifest = z.infer<typeof BillingManifest>

export const fileName = (month: string, file: 'csv' | 'parquet' | 'manifest'): string =>
  `billing-${month}.${file === 'manifest' ? 'manifest.json' : file}`
