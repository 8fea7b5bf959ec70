import { run } from '../apps/bff/src/run.ts'
import { startConsole } from './start-console.ts'
import { startDemo } from './start-demo.ts'

const isReal = Object.keys(process.env).some((name) => /^OSTOR_(ENDPOINT|CLUSTERS)(_FILE)?$/.test(name))

await run(isReal ? startConsole : startDemo)
