import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { watched } from './watched.ts'

export const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export type Here = Awaited<ReturnType<typeof watched>>
type List = { open: ScheduledChange[]; ended: ScheduledChange[] }

export const inTime = (here: Here, ms: number) => new Date(here.now().getTime() + ms).toISOString()
/** No session lasts for days. */
export const pass = async (here: Here, ms: number) => {
  here.later(ms)
  await here.signIn()
}
export const list = async ({ ask }: Here) => (await ask<List>('GET', '/scheduled')).body
