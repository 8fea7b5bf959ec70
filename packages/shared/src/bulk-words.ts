import type { BulkAction, BulkRun } from './bulk.ts'

const VERBS: Record<BulkAction, string> = {
  enable: 'Enable',
  disable: 'Disable',
  'set-limits': 'Set limits of',
  'set-quota': 'Set the quota of',
  delete: 'Delete',
  create: 'Create',
}

/** What a run is about, in the audit and where another run waits for it: `Disable 1,200 users`. */
export const bulkTitle = ({ action }: { action: BulkAction }, { change }: Pick<BulkRun['planned'], 'change'>): string =>
  `${VERBS[action]} ${change.toLocaleString('en')} ${change === 1 ? 'user' : 'users'}`
