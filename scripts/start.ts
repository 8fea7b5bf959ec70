import { run } from '../apps/bff/src/run.ts'
import { startConsole } from './start-console.ts'
import { startDemo } from './start-demo.ts'

// Whoever sets one of them means a real gateway, and is told what else that needs.
const isReal = Object.entries(process.env).some(([name, value]) => name.startsWith('OSTOR_') && value)

await run(isReal ? startConsole : startDemo)
