import { actionsOf, OUTCOMES, type Outcome } from '@ostor-console/shared/audit'
import { dayOf, dayStart } from '../../format/days.ts'

/** What the address says of the list; `from` and `to` are days, both inside. */
export type AuditSearch = {
  [Name in 'search' | 'actor' | 'action' | 'userId' | 'bucket' | 'from' | 'to']?: string
} & { outcome?: Outcome }

/** As the server takes it; `from` is inside, `to` is not. */
export type AuditFilter = AuditSearch

const LONGEST = { search: 254, actor: 254, userId: 64, bucket: 4096 }

/** What the address says, without what it cannot mean. */
export function auditSearch(address: Record<string, unknown>): AuditSearch {
  const outcome = OUTCOMES.find((each) => each === address['outcome'])
  const { action } = address
  const text = (name: keyof typeof LONGEST) => {
    const value = address[name]
    return typeof value === 'string' && value !== '' ? { [name]: value.slice(0, LONGEST[name]) } : {}
  }
  const day = (name: 'from' | 'to') => {
    const value = dayOf(address[name])
    return value === null ? {} : { [name]: value }
  }
  return {
    ...text('search'),
    ...text('actor'),
    ...(typeof action === 'string' && actionsOf(action).length > 0 && { action }),
    ...(outcome && { outcome }),
    ...text('userId'),
    ...text('bucket'),
    ...day('from'),
    ...day('to'),
  }
}

/** Days begin and end on the page's clock. */
export const filterOf = ({ from, to, ...rest }: AuditSearch): AuditFilter => ({
  ...rest,
  ...(from !== undefined && { from: dayStart(from).toISOString() }),
  ...(to !== undefined && { to: dayStart(to, 1).toISOString() }),
})
