import type { NewAccessKey } from '@ostor-console/shared/keys'
import { type AsyncCommand, constantFrom, nat, record } from 'fast-check'
import { auditOf } from '../../apps/bff/src/adapters/store/audit.ts'
import { unseenWritesOf } from '../../apps/bff/src/adapters/store/audit-unseen.ts'
import { createKey } from '../../apps/bff/src/features/keys/create-key.ts'
import { revokeKey } from '../../apps/bff/src/features/keys/revoke-key.ts'
import { rotateKey } from '../../apps/bff/src/features/keys/rotate-key.ts'
import { writerOf } from '../../apps/bff/src/writing/writer.ts'
import type { watched } from '../../apps/bff/test/watched.ts'
import type { Fault } from '../../apps/gateway-sim/src/faults/faults.ts'

export const MINUTE = 60_000
export const USERS = 2

type Here = Awaited<ReturnType<typeof watched>>
export type Real = {
  here: Here
  work: ReturnType<Here['startWork']>
  ids: string[]
  /** Keys whose secret somebody has: the user, another system, or an admin to whom it was handed over. */
  held: Set<string>
}
export type Model = {
  /** From whom somebody else took a key, and past the console may take the last one. */
  robbed: Set<number>
}
type Command = AsyncCommand<Model, Real>

const FAULTS: Record<string, Fault> = {
  none: {},
  'lost request': { reset: 'before' },
  'lost reply': { reset: 'after' },
  'late request': { hold: true, reset: 'before' },
  'cut reply': { cutAt: 20, framing: 'content-length' },
  'error after the deed': { status: 500, commit: true },
  'not acknowledged': { status: 503, code: 'SlowDown' },
  'doubled reply': { duplicate: true },
}

const keysOf = ({ here, ids }: Real, n: number): string[] =>
  here.oracle.user(ids[n] ?? '')?.keys.map(({ id }) => id) ?? []
const soon = (here: Here, ms: number) => new Date(here.now().getTime() + ms)

type Deed = 'generate' | 'revoke' | 'rotate' | 'revoke later'
const DEEDS: Deed[] = ['generate', 'revoke', 'rotate', 'revoke later']

/** What an admin asks for on the page. */
const ask = async (real: Real, n: number, deed: Deed, which: number): Promise<void> => {
  const { here, ids, held } = real
  const keys = keysOf(real, n)
  const keyId = keys[which % Math.max(1, keys.length)] ?? 'none'
  const path = `/users/${ids[n]}/keys`
  if (deed === 'generate') {
    const reply = await here.ask<NewAccessKey>('POST', path)
    if (reply.status !== 201) return
    here.handOver(reply)
    held.add(reply.body.id)
  } else if (deed === 'revoke') await here.ask('DELETE', `${path}/${keyId}`)
  else if (deed === 'revoke later')
    await here.ask('POST', `${path}/${keyId}/revocation`, { dueAt: soon(here, 5 * MINUTE).toISOString() })
  else {
    const dueAt = soon(here, 10 * MINUTE).toISOString()
    const reply = await here.ask<{ key: NewAccessKey }>('POST', `${path}/${keyId}/rotation`, { dueAt })
    if (reply.status !== 201) return
    here.handOver(reply)
    held.add(reply.body.key.id)
  }
}

class Asked implements Command {
  readonly of: { n: number; deed: Deed; which: number; fault: string; second: Deed | 'nobody' }
  constructor(of: Asked['of']) {
    this.of = of
  }
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    const { n, deed, which, fault, second } = this.of
    const { control } = real.here
    control.faults.clear()
    for (const method of ['POST', 'PUT', 'DELETE']) control.faults.add({ ...FAULTS[fault], method, times: 1 })
    const others = second === 'nobody' ? [] : [ask(real, n, second, which + 1)]
    await Promise.all([ask(real, n, deed, which), ...others])
    control.faults.clear()
  }
  toString = () => `an admin: ${JSON.stringify(this.of)}`
}

const wait = async () => undefined
const STEPS = ['after the intent', 'before the outcome', 'after the outcome'] as const

/** The process ends in the middle of a write: nothing more of it is written down, and nobody gets the answer. */
class Crash implements Command {
  readonly of: { n: number; deed: Deed; which: number; step: (typeof STEPS)[number] }
  constructor(of: Crash['of']) {
    this.of = of
  }
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    const { here, ids } = real
    const { n, deed, which, step } = this.of
    const log = { info: () => {}, error: () => {} }
    const audit = auditOf(here.store, { now: here.now })
    let isGone = false
    const end = (): never => {
      isGone = true
      throw new Error('the process is gone')
    }
    const live = <T>(work: () => Promise<T>): Promise<T> => (isGone ? Promise.reject(new Error('gone')) : work())
    const writer = writerOf({
      audit: {
        begin: async (entry) => {
          const id = await live(() => audit.begin(entry))
          return step === 'after the intent' && entry.action.startsWith('key.') ? end() : id
        },
        end: async (id, said, options) => {
          if (step === 'before the outcome') end()
          await live(() => audit.end(id, said, options))
        },
      },
      log,
      actor: 'admin@example.com',
    })
    const scheduled = {
      ...here.scheduled,
      ready: (id: string, key: string) =>
        live(() => (step === 'after the outcome' ? end() : here.scheduled.ready(id, key))),
      end: (...given: Parameters<Here['scheduled']['end']>) => live(() => here.scheduled.end(...given)),
    }
    const unseen = unseenWritesOf(here.store)
    const keys = keysOf(real, n)
    const keyId = keys[which % Math.max(1, keys.length)] ?? 'none'
    const of = { userId: ids[n] ?? '', keyId }
    const wanted = { ...of, dueAt: soon(here, 10 * MINUTE), askedBy: 'admin@example.com' }
    const made =
      deed === 'generate'
        ? createKey(here.cluster, of.userId, writer, wait, unseen).then(({ id }) => id)
        : deed === 'rotate'
          ? rotateKey(here.cluster, wanted, { scheduled, unseen, writer, wait }).then(({ key }) => key.id)
          : revokeKey(here.cluster, { ...of, acceptLastKey: false }, { writer, unseen, wait }).then(() => null)
    // Where the outcome stands in the store, the answer was on its way.
    const handedOver = await made.catch(() => null)
    if (handedOver !== null) real.held.add(handedOver)
    real.work = here.startWork()
  }
  toString = () => `a crash: ${JSON.stringify(this.of)}`
}

class Outside implements Command {
  readonly of: { n: number; adds: boolean; which: number }
  constructor(of: Outside['of']) {
    this.of = of
  }
  check = () => true
  async run(model: Model, real: Real): Promise<void> {
    const { here, ids, held } = real
    const { n, adds, which } = this.of
    const keys = keysOf(real, n)
    if (adds && keys.length < 2) held.add(here.control.users.addKey(ids[n] ?? '').id)
    const gone = keys[which % Math.max(1, keys.length)]
    if (adds || gone === undefined) return
    here.control.users.removeKey(ids[n] ?? '', gone)
    held.delete(gone)
    model.robbed.add(n)
  }
  toString = () => `somebody else: ${JSON.stringify(this.of)}`
}

class Time implements Command {
  readonly of: { what: 'passes' | 'is set forward' | 'is set back'; ms: number; looks: boolean }
  constructor(of: Time['of']) {
    this.of = of
  }
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    const { here } = real
    const { what, ms, looks } = this.of
    if (what === 'passes') here.later(ms)
    else here.setClock(what === 'is set back' ? -ms : ms)
    if (!looks) return
    await here.round()
    await real.work.round()
  }
  toString = () => `time ${JSON.stringify(this.of)}`
}

class Arrives implements Command {
  check = () => true
  async run(_: Model, { here }: Real): Promise<void> {
    here.control.faults.release()
  }
  toString = () => 'what was late arrives'
}

const n = nat(USERS - 1)
const which = nat(1)
/** What admins, other systems, crashes, the network and clocks do to the keys of some users. */
export const COMMANDS = [
  record({
    n,
    which,
    deed: constantFrom(...DEEDS),
    fault: constantFrom(...Object.keys(FAULTS)),
    second: constantFrom('nobody' as const, 'nobody' as const, ...DEEDS),
  }).map((of) => new Asked(of)),
  record({ n, which, deed: constantFrom(...DEEDS), step: constantFrom(...STEPS) }).map((of) => new Crash(of)),
  record({ n, which, adds: constantFrom(true, false) }).map((of) => new Outside(of)),
  record({
    what: constantFrom('passes' as const, 'passes' as const, 'is set forward' as const, 'is set back' as const),
    ms: constantFrom(1_000, 20_000, 4 * MINUTE),
    looks: constantFrom(true, false),
  }).map((of) => new Time(of)),
  constantFrom(new Arrives()),
]
