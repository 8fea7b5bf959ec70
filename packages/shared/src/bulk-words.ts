import type { BulkAction, BulkRun } from './bulk.ts'
import { said } from './said.ts'

const ONE: Record<BulkAction, string> = {
  enable: said`Enable 1 user`,
  disable: said`Disable 1 user`,
  'set-limits': said`Set limits of 1 user`,
  'set-quota': said`Set the quota of 1 user`,
  delete: said`Delete 1 user`,
  create: said`Create 1 user`,
}

const SEVERAL: Record<BulkAction, (users: string) => string> = {
  enable: (users) => said`Enable ${users} users`,
  disable: (users) => said`Disable ${users} users`,
  'set-limits': (users) => said`Set limits of ${users} users`,
  'set-quota': (users) => said`Set the quota of ${users} users`,
  delete: (users) => said`Delete ${users} users`,
  create: (users) => said`Create ${users} users`,
}

/** What a run is about, in the audit and where another run waits for it: `Disable 1,200 users`. */
export const bulkTitle = (
  { action }: { action: BulkAction },
  { change }: Pick<BulkRun['planned'], 'change'>,
): string => (change === 1 ? ONE[action] : SEVERAL[action](change.toLocaleString('en')))
