import { describe, expect, test } from 'vitest'
import { outboxes } from '../test/outbox.ts'
import { ENGINES } from '../test/stores.ts'

const MINUTE = 60_000
const outbox = outboxes()

describe.each(ENGINES)('messages to WHMCS in %s', (engine) => {
  test('go in order for each client, and one that is put off holds up its own client only', async () => {
    const here = await outbox({ engine })
    const [bad] = await here.tell(here.note(1, 'a'), here.note(1, 'b'), here.note(2, 'c'), here.note(1, 'd'))
    const keys = async () => (await here.notes()).map(({ text }) => text.split('\n')[0]?.at(-1))
    here.control.addFault({ kind: 'html', clientId: 1 })
    await here.round()
    expect(await keys()).toEqual(['c'])
    const lastError = 'WHMCS answered AddClientNote 500 with something that is not JSON'
    expect(await here.find(bad)).toMatchObject({ state: 'queued', attempts: 1, lastError })
    here.control.clearFaults()
    await here.round()
    expect(await keys()).toEqual(['c'])
    here.later(5_000)
    await here.round()
    expect(await keys()).toEqual(['c', 'a', 'b', 'd'])
    expect(await here.find(bad)).toMatchObject({ state: 'done', attempts: 2, lastError: null })
  })

  test('two processes never send one message twice', async () => {
    const here = await outbox({ engine })
    await here.tell(...Array.from({ length: 40 }, (_, n) => here.note(1 + (n % 10), `k${n}`)))
    const others = ['b', 'c', 'd'].map((holder) => here.workerAs(holder).worker.round())
    await Promise.all([here.round(), ...others])
    while ((await here.messages.summary()).waiting > 0) await here.round()
    const texts = (await here.notes()).map(({ text }) => text)
    expect(texts.toSorted()).toEqual([...new Set(texts)].toSorted())
    expect(texts).toHaveLength(40)
  })

  test('what a process left in the middle may have arrived, and whoever took it over is not overruled', async () => {
    const here = await outbox({ engine, mode: 'database' })
    const [id] = await here.tell(here.note(1, 'a'))
    const killed = here.workerAs('killed').sending
    const [no = 0n] = await killed.line(1, 1)
    const claimed = await killed.claim(no)
    await here.whmcs.addNote(1, claimed?.text ?? '')
    await here.round()
    // The embedded store has one process, so there the one before is gone.
    expect((await here.find(id)).state).toBe(engine === 'postgresql' ? 'sending' : 'done')
    here.later(6 * MINUTE)
    await here.round()
    expect(await here.find(id)).toMatchObject({ state: 'done', attempts: 2 })
    expect(await here.notes()).toHaveLength(1)
    expect(await killed.stop(id ?? '', 'blocked', { failure: 'refused', detail: '', mayHaveArrived: false })).toBe(
      false,
    )
    expect(await here.find(id)).toMatchObject({ state: 'done' })
  })

  test('wait for those who claimed them no longer when somebody else decided in between', async () => {
    const here = await outbox({ engine })
    const [id = ''] = await here.tell(here.note(1, 'a'))
    const [no = 0n] = await here.sending.line(1, 1)
    const claimed = await here.sending.claim(no)
    await expect(here.messages.cancel(id, { by: 'ada', reason: 'no' })).rejects.toMatchObject({
      problem: { type: '/problems/message-moved-on' },
    })
    await here.sending.done(claimed?.id ?? '', 7)
    await expect(here.messages.retry(id)).rejects.toMatchObject({ problem: { type: '/problems/message-moved-on' } })
    await expect(here.messages.retry('none')).rejects.toMatchObject({
      problem: { type: '/problems/message-not-found' },
    })
  })
})
