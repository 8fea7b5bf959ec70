import type { Task } from './killing.ts'

let steps = 0
let killAt: Task['killAt'] = { step: 0, by: 'itself' }

export const step = (): void => {
  steps += 1
  if (steps !== killAt.step) return
  // The parent's signal comes a little later, in the midst of whatever follows the step.
  if (killAt.by === 'parent') process.send?.('kill')
  else process.kill(process.pid, 'SIGKILL')
}

export const killMeAt = (at: Task['killAt']): void => {
  killAt = at
}

/** The same call, with a step before and after it. */
export const called =
  <A extends unknown[], T>(call: (...given: A) => Promise<T>) =>
  async (...given: A): Promise<T> => {
    step()
    const answer = await call(...given)
    step()
    return answer
  }
