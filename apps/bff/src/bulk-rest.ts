import type { ProblemError } from '@ostor-console/shared/problem'
import type { BulkRuns, RunRow } from './adapters/store/bulk-runs.ts'

type Parts = { runs: Pick<BulkRuns, 'move'>; ping: () => Promise<void>; now: () => Date }

const FIRST_MS = 2_000
const LONGEST_MS = 60_000

/** Leaves a gateway alone that does not answer, and asks it now and then whether it does again. */
export const createRest = ({ runs, ping, now }: Parts) => {
  let untilMs = 0
  let restMs = FIRST_MS

  const answers = () =>
    ping().then(
      () => null,
      (error: Error) => error.message,
    )

  const lieDown = async ({ id }: RunRow, because: string): Promise<void> => {
    untilMs = now().getTime() + restMs
    restMs = Math.min(LONGEST_MS, restMs * 2)
    await runs.move(id, ['running', 'paused'], { rests_because: because })
  }

  return {
    /** Whether what failed was the gateway rather than the one request. */
    async isNeeded(run: RunRow, error: ProblemError): Promise<boolean> {
      if ((await answers()) === null) return false
      await lieDown(run, error.message)
      return true
    },

    /** Whether a run may go on. */
    async isOver(run: RunRow): Promise<boolean> {
      if (run.rests_because === null) return true
      if (now().getTime() < untilMs) return false
      const trouble = await answers()
      if (trouble !== null) {
        await lieDown(run, trouble)
        return false
      }
      restMs = FIRST_MS
      await runs.move(run.id, ['running', 'paused'], { rests_because: null })
      return true
    },
  }
}
