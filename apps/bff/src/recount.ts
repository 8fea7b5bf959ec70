import { parseStatistics } from './adapters/gateway/statistics.ts'
import { recountOf } from './adapters/store/recount.ts'
import { runOnStore, wordsOf } from './command.ts'
import { recountDay, whyNotCounted } from './features/usage/recount.ts'

const USAGE = `Usage: npm run recount -- --day 2026-11-01 [--cluster default]

Counts a day (UTC) again from the raw bodies and compares it with the stored rows and roll-ups, once all of it is
final. It changes nothing.`

const words = wordsOf({ options: { day: { type: 'string' }, cluster: { type: 'string', default: 'default' } } })?.values
const day = words?.day && /^\d{4}-\d\d-\d\d$/.test(words.day) ? new Date(`${words.day}T00:00:00Z`) : null
if (!words || day === null || Number.isNaN(day.getTime())) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await runOnStore(async (store) => {
    const parts = {
      cluster: words.cluster,
      recounts: recountOf(store),
      parse: parseStatistics,
      now: () => new Date(),
    }
    const why = await whyNotCounted(parts, day)
    if (why !== null) {
      process.exitCode = 1
      return why
    }
    const { objects, objectsWithoutBody, differences, detail } = await recountDay(parts, day)
    if (differences > 0) process.exitCode = 1
    const without = objectsWithoutBody > 0 ? `, ${objectsWithoutBody} of them without a raw body` : ''
    return `${objects} objects${without}: ${differences} differences${detail === null ? '' : `. ${detail}`}`
  })
}
