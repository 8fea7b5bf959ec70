import { auditOf } from './adapters/store/audit.ts'
import { type Fault, verifyChain } from './adapters/store/audit-chain.ts'
import type { Store } from './adapters/store/store.ts'
import { runOnStore, wordsOf } from './command.ts'

const USAGE = `Usage: npm run audit -- verify

Compares every entry of the audit with its chain, and names the first one that was changed, removed, moved or slipped in.
Its last line is the head of the chain: kept elsewhere, it shows later that nothing before it was written anew.
With the embedded store, stop the console first; it also verifies by itself every night, and logs the head.`

const sentenceOf = async (store: Store, { seq, is }: Fault): Promise<string> => {
  const entry = await auditOf(store).at(seq)
  const named = entry ? ` (${entry.at.toISOString()}, ${entry.actor}, ${entry.action}, ${entry.target})` : ''
  return `The entry ${seq}${named} is ${is}.`
}

const verify = async (store: Store): Promise<string> => {
  const { entries, last, fault } = await verifyChain(store)
  if (fault !== null) {
    process.exitCode = 1
    return `${await sentenceOf(store, fault)} The ${entries} entries before it fit.`
  }
  return entries === 0 ? 'The audit is empty.' : `${entries} entries fit.\n${last.hash}`
}

if (wordsOf({ allowPositionals: true })?.positionals.join() === 'verify') {
  await runOnStore(verify, { whenLocked: 'Stop it first, or look for the nightly verification in its log.' })
} else {
  console.error(USAGE)
  process.exitCode = 2
}
