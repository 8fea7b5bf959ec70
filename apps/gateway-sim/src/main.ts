import { readCommandLine } from './command-line.ts'
import { startSimulator } from './simulator.ts'

const command = readCommandLine(process.argv.slice(2))
if (command.help !== undefined) {
  console.log(command.help)
} else if (command.problem !== undefined) {
  console.error(`simulator: ${command.problem}`)
  process.exitCode = 2
} else {
  try {
    const { endpoint, accessKeyId, secretAccessKey, controlEndpoint, close } = await startSimulator(command.options)
    console.log(JSON.stringify({ endpoint, accessKeyId, secretAccessKey, controlEndpoint }))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
  } catch (error) {
    console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}
