import type { MonthStore } from './adapters/store/billing-months.ts'
import type { PlanStore } from './adapters/store/billing-plans.ts'
import { type CountParts, countMonth } from './features/billing/count.ts'
import { calendarOf, namesIn, placeOf } from './features/billing/months.ts'
import { createRepeat } from './repeat.ts'
import type { InTurn } from './writing/turns.ts'

type Parts = {
  count: CountParts
  months: MonthStore
  plans: Pick<PlanStore, 'list'>
  inTurn: InTurn
  log: { warn: (details: object, message: string) => void }
  isOurs: () => boolean
  now: () => Date
}

const EVERY_MS = 3_600_000
/** The running month, and the one before it until it is closed. */
const COUNTED = 2

/** Counts the newest months every hour, once there is a plan, so that what the pages show is never old. */
export const createBillingClerk = ({ count, months, plans, inTurn, log, isOurs, now }: Parts) =>
  createRepeat({
    pauseMs: () => EVERY_MS,
    isDue: isOurs,
    async work() {
      try {
        if ((await plans.list()).length === 0) return
        const calendar = await calendarOf(months, now())
        for (const name of namesIn(calendar).slice(0, COUNTED)) {
          const of = placeOf(calendar, name)
          if (of.state === 'running' || of.state === 'open') await inTurn('billing', () => countMonth(count, of))
        }
      } catch (err) {
        log.warn({ err }, 'months could not be counted')
      }
    },
  })
