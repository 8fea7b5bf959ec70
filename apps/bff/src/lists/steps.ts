import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'

export const MOST_POINTS = 500

const HOUR = 3_600
const DAY = 86_400
const STEPS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY]
// 5 January 1970 was a Monday.
const FIRST_MONDAY = 4 * DAY

/** Steps of equal length; the first begins at or before the range, and the last ends at or after it. */
export type Steps = { stepSeconds: number; originSeconds: number; firstSeconds: number; count: number }

export const stepsOf = (from: Date, to: Date, stepSeconds: number): Steps => {
  const originSeconds = stepSeconds % (7 * DAY) === 0 ? FIRST_MONDAY : 0
  const fromSeconds = from.getTime() / 1000
  const firstSeconds = originSeconds + Math.floor((fromSeconds - originSeconds) / stepSeconds) * stepSeconds
  return {
    stepSeconds,
    originSeconds,
    firstSeconds,
    count: Math.ceil((to.getTime() / 1000 - firstSeconds) / stepSeconds),
  }
}

/**
 * The step that is asked for, or the smallest that has at most 500 points. It is never shorter than the period of the
 * objects: what lies within a period is not known.
 */
export const chooseSteps = (from: Date, to: Date, nominalSeconds: number | null, asked?: number): Steps => {
  if (asked === undefined) {
    const choices = STEPS.filter((step) => step >= (nominalSeconds ?? 0)).map((step) => stepsOf(from, to, step))
    const smallest = choices.find(({ count }) => count <= MOST_POINTS)
    return smallest ?? stepsOf(from, to, Math.ceil((nominalSeconds ?? 0) / (7 * DAY)) * 7 * DAY)
  }
  const steps = stepsOf(from, to, asked)
  if (steps.count > MOST_POINTS)
    throw refused('step_too_small', said`gives ${steps.count} points; at most ${MOST_POINTS} are drawn`)
  if (nominalSeconds !== null && asked < nominalSeconds)
    throw refused('step_below_period', said`must be at least ${nominalSeconds}, the period of the statistics objects`)
  return steps
}

const refused = (code: string, detail: string) =>
  problem('request-invalid', { errors: [{ pointer: '/query/stepSeconds', code, detail }] })
