import { onTestFinished } from 'vitest'
import type { SimulatorOptions } from '../src/options.ts'
import { type Simulator, startSimulator } from '../src/simulator.ts'

/** Two days of statistics on a clock that stands still; it ends with the test that asked for it. */
export const startStill = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const simulator = await startSimulator({
    users: 5,
    buckets: 20,
    days: 2,
    now: '2026-03-04T10:20:00Z',
    seed: 3,
    ...options,
  })
  onTestFinished(() => simulator.close())
  simulator.control.clock.freeze()
  return simulator
}
