import { setTimeout as wait } from 'node:timers/promises'
import { type LimitsChange, OPS } from '@ostor-console/shared/limits'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, refusalOf } from './failures.ts'
import { type Form, needsFormA, type Scales, writesIn } from './limits-forms.ts'
import {
  type FlatLimits,
  flat,
  type GatewayLimits,
  isSame,
  type LimitName,
  noLimits,
  readLimits,
} from './limits-reader.ts'
import { ignored, jsonOf } from './sinks.ts'
import type { Parameters } from './url.ts'

/** `email` is `null` when other users share it: then the id is what is asked for. */
export type LimitsTarget = { userId: string; email: string | null } | { bucket: string }
export type LimitsGroup = 'opsPerSecond' | 'bandwidth' | 'all'

/** How versions refuse to show limits that were never set; which of them does what is not documented. */
const UNSET = [400, 403, 404]
const READINGS = 3
const PAUSE_MS = 200
const PER_MINUTE = 60
const FORMS = ['A', 'B'] as const

const selectorOf = (target: LimitsTarget): Parameters => {
  if ('bucket' in target) return { bucket: target.bucket }
  return target.email ? { emailAddress: target.email } : { id: target.userId }
}

const changesOf = ({ opsPerSecond = {}, bandwidth = {} }: LimitsChange): Map<LimitName, number> => {
  const all = [...OPS.map((op) => [`ops:${op}`, opsPerSecond[op]] as const), ['bandwidth:out', bandwidth.out] as const]
  return new Map(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value === 'unlimited' ? 0 : value]])),
  )
}

/** The console's words for a limit. */
const named = (name: LimitName): string =>
  name === 'bandwidth:out' ? 'out, kb/s' : `${name.slice('ops:'.length)}, ops/s`

const differenceOf = (name: LimitName, read: number, wanted: number): string => {
  if (read === 0) return said`${named(name)}: unlimited in place of ${wanted}`
  return wanted === 0
    ? said`${named(name)}: ${read} in place of unlimited`
    : said`${named(name)}: ${read} in place of ${wanted}`
}

const differencesOf = (wanted: FlatLimits, read: FlatLimits): LimitName[] =>
  [...wanted.keys()].filter((name) => !isSame(wanted.get(name) ?? 0, read.get(name) ?? 0))

export const limitsOf = (calls: Calls, dialect: Spoken) => {
  const formNow = (): Form | null => FORMS.find((form) => dialect.is('limitsForm', form)) ?? null
  /** Form A is documented to count by the minute, form B by the second. */
  const scalesNow = (): Scales => ({
    A: dialect.is('formACounts', 'per-second') ? 1 : PER_MINUTE,
    B: dialect.is('formBCounts', 'per-minute') ? PER_MINUTE : 1,
  })

  const getLimits = async (target: LimitsTarget): Promise<GatewayLimits> => {
    try {
      return await calls.readOrDenied('ostor-limits', selectorOf(target), 'one', jsonOf(readLimits))
    } catch (error) {
      const refusal = refusalOf(error)
      if (!asProblem(error)?.is('gateway-refused') || !refusal || !UNSET.includes(refusal.status)) throw error
      if (refusal.told.code === 'NoSuchUser') throw problem('user-not-found', {}, { cause: error })
      if (refusal.told.code === 'NoSuchBucket') throw problem('bucket-not-found', {}, { cause: error })
      return noLimits()
    }
  }

  /** Another node of the gateway may still show what was there before. */
  const readBack = async (target: LimitsTarget, wanted: FlatLimits): Promise<FlatLimits> => {
    for (let reading = 1; ; reading++) {
      const read = flat(await getLimits(target).catch(unconfirmed))
      if (reading === READINGS || differencesOf(wanted, read).length === 0) return read
      await wait(PAUSE_MS)
    }
  }

  const send = async (target: LimitsTarget, chosen: Form, wanted: FlatLimits, changed: LimitName[]): Promise<void> => {
    const done: LimitName[] = []
    for (const { names, parameters } of writesIn(chosen, wanted, changed, scalesNow())) {
      try {
        await calls.write('PUT', 'ostor-limits', { ...selectorOf(target), ...parameters }, ignored)
      } catch (error) {
        if (done.length === 0 || asProblem(error)?.is('outcome-unknown')) throw error
        const detail = `${said`${done.map(named).join('; ')} was set, then it failed`}: ${asProblem(error)?.message ?? ''}`
        throw problem('not-applied', { detail }, { cause: error })
      }
      done.push(...names)
    }
  }

  /** Form B first: its unit is what is shown. A gateway that does not know it refuses the first call. */
  const sendInKnownForm = async (target: LimitsTarget, wanted: FlatLimits, changed: LimitName[]): Promise<Form> => {
    const form = formNow()
    if (needsFormA(wanted, changed, scalesNow())) {
      await send(target, 'A', wanted, changed)
      return 'A'
    }
    try {
      await send(target, form ?? 'B', wanted, changed)
      return form ?? 'B'
    } catch (error) {
      if (refusalOf(error)?.status !== 400 || !asProblem(error)?.is('gateway-refused')) throw error
      // A gateway that was renewed may take another form now: the next change finds out.
      if (form !== null) dialect.forget('limitsForm')
      if (form !== null) throw error
      await send(target, 'A', wanted, changed)
      return 'A'
    }
  }

  const learnForm = (used: Form): void =>
    dialect.learn('limitsForm', used, said`Limits were set in form ${used} and read back`)

  /** The gateway counts by another unit than it is documented to: the next write allows for it. */
  const learnScale = (used: Form, wanted: FlatLimits, read: FlatLimits, changed: LimitName[]): boolean => {
    const scale = scalesNow()[used]
    for (const name of changed.filter((one) => one !== 'bandwidth:out')) {
      const [want, got] = [wanted.get(name) ?? 0, read.get(name) ?? 0]
      if (want === 0 || got === 0) continue
      const other = [1, PER_MINUTE].find((each) => each !== scale && isSame(got, (want * scale) / each))
      if (other === undefined) continue
      const counts = other === 1 ? 'per-second' : 'per-minute'
      dialect.learn(`form${used}Counts`, counts, said`A limit was set and another by a factor of 60 read back`)
      return true
    }
    return false
  }

  return {
    getLimits,

    /** Returns when the gateway shows the new values. Throws `not-applied` when it shows others. */
    async changeLimits(target: LimitsTarget, current: GatewayLimits, change: LimitsChange): Promise<void> {
      const before = flat(current)
      const changes = changesOf(change)
      const changed = [...changes.keys()]
      const wanted = new Map([...before, ...changes])
      if (changed.length === 0) return

      let used = await sendInKnownForm(target, wanted, changed)
      let read = await readBack(target, wanted)
      const hadNoEffect = differencesOf(wanted, before).length > 0 && differencesOf(before, read).length === 0
      if (hadNoEffect && formNow() === null && used === 'B') {
        // Whether an unknown form is refused or passed over is not documented; here it was passed over.
        await send(target, 'A', wanted, changed)
        used = 'A'
        read = await readBack(target, wanted)
      }

      const differing = differencesOf(wanted, read)
      if (differing.length === 0 && differencesOf(wanted, before).length > 0) learnForm(used)
      if (differing.length === 0) return
      const otherUnit = learnScale(used, wanted, read, changed)
      if (otherUnit) learnForm(used)
      const shownInstead = differing.map((name) => differenceOf(name, read.get(name) ?? 0, wanted.get(name) ?? 0))
      const hint = otherUnit
        ? `. ${said`It counts by another unit than expected; set the limits again, now that this is known`}`
        : ''
      throw problem('not-applied', { detail: `${said`The gateway shows ${shownInstead.join('; ')}`}${hint}` })
    },

    async removeLimits(target: LimitsTarget, group: LimitsGroup): Promise<void> {
      const flags: Parameters = group === 'all' ? {} : group === 'bandwidth' ? { bandwidth: true } : { ops: true }
      try {
        await calls.write('DELETE', 'ostor-limits', { ...selectorOf(target), ...flags }, ignored)
      } catch (error) {
        // Where nothing is set, some versions refuse to remove it.
        if (!asProblem(error)?.is('gateway-refused')) throw error
        const left = [...flat(await getLimits(target))].filter(
          ([name]) => group === 'all' || name.startsWith(group === 'bandwidth' ? 'bandwidth' : 'ops'),
        )
        if (left.some(([, value]) => value !== 0)) throw error
      }
    },
  }
}

const unconfirmed = (error: unknown): never => {
  const detail = `${said`The gateway took the limits, but they could not be read back`}: ${asProblem(error)?.message ?? ''}`
  throw problem('outcome-unknown', { detail }, { cause: error })
}
