import { readCommandLine } from './command-line.ts'
import { helpOnCommands } from './control/control-server.ts'
import { startWhmcs } from './simulator.ts'

const command = readCommandLine(process.argv.slice(2), helpOnCommands)
if ('help' in command) {
  console.log(command.help)
} else if ('problem' in command) {
  console.error(`whmcs-sim: ${command.problem}`)
  process.exitCode = 2
} else {
  try {
    const { url, controlEndpoint, identifier, secret, accessKey, close } = await startWhmcs(command.options)
    console.log(JSON.stringify({ url, controlEndpoint, identifier, secret, accessKey }))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
  } catch (error) {
    console.error(`whmcs-sim: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}
