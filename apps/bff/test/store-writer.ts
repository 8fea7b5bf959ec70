import { openStore } from '../src/adapters/store/store.ts'

// A process to be killed: it writes pairs of rows, each pair in one transaction, and says each number it has committed.

const [folder = '', start = '0'] = process.argv.slice(2)
const store = await openStore({ folder })

for (let n = Number(start); ; n += 1) {
  await store.transaction(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ name: `left ${n}`, value: String(n) })
      .execute()
    await tx
      .insertInto('settings')
      .values({ name: `right ${n}`, value: String(n) })
      .execute()
  })
  process.stdout.write(`${n}\n`)
}
