import { parentPort, workerData } from 'node:worker_threads'
import { startSimulator } from '../apps/gateway-sim/src/simulator.ts'

// A thread of its own, so that inventing figures does not slow the console that shows them.
const { endpoint, accessKeyId, secretAccessKey } = await startSimulator(workerData)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin; that is for windows.
parentPort?.postMessage({ endpoint, accessKeyId, secretAccessKey })
