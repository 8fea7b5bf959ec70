import { openStore, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import type { Collecting } from './killing.ts'
import { ownCollector } from './own-collector.ts'

// A process that collects a round for each instant that it is sent, and answers how it stands.

const { place, collecting }: { place: StoreConfig; collecting: Collecting } = JSON.parse(process.argv[2] ?? '')
let now = new Date(collecting.now)
const { collector } = ownCollector(await openStore(place), collecting, { now: () => now })

const collectAndSay = async (): Promise<void> => {
  await collector.round().catch(() => {})
  process.send?.(await collector.status())
}

// A file that may not grow is an error of the write, not the end of the process.
process.on('SIGXFSZ', () => {})
process.on('message', (at: number) => {
  now = new Date(at)
  void collectAndSay()
})
process.send?.('ready')
