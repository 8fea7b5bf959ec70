import type { StatisticsObject } from '@ostor-console/shared/statistics'
import { expect } from 'vitest'
import { bodyOf, objectsIn, totalsIn } from './collecting.ts'
import { collectorOn } from './collector-on.ts'
import { desk } from './desk.ts'
import { blankPlace, type EngineName } from './stores.ts'

const NOW = '2026-11-04T12:00:00Z'
export const GATEWAY = '8000000000000065'

/** An object that a collector read once, with the clock of the gateway standing still. */
export const planted = async (
  engine: EngineName,
  start: string,
  body = bodyOf(start, { bucket: 'lost', uploaded: '1000' }),
) => {
  let gatewayNow = () => Date.parse(NOW)
  const { databaseUrl } = await blankPlace(engine)
  const simulated = { now: NOW, days: 2, users: 2, buckets: 2, services: 1, silentPeriods: 0 }
  const here = await desk(simulated, { now: () => new Date(gatewayNow()), databaseUrl })
  const { control } = here.simulator
  gatewayNow = control.clock.now
  control.clock.setNow(NOW)
  control.clock.freeze()
  const name = `s3-usage-${GATEWAY}-${start}-1800`
  control.statistics.plant(name, body)
  const collector = collectorOn(here.store, 'demo', here.gateway, { now: () => new Date(gatewayNow()) })
  await collector.round()
  const decide = (decision: string, startedAt?: string) =>
    here.ask<StatisticsObject>('POST', `/statistics/${name}/decision`, { decision, ...(startedAt && { startedAt }) })
  const lost = async () => (await totalsIn(here.store)).uploaded - control.oracle.usage().uploaded
  return { ...here, collector, name, decide, lost }
}

export const OLD = '1970-01-01T00:00:05.000Z'
export const TRUE_START = '2026-11-03T09:07:00.000Z'
export const OPEN = '2026-11-04T11:45:00.000Z'

type Broken = Pick<Awaited<ReturnType<typeof planted>>, 'control' | 'collector' | 'name' | 'signIn'>

/** Cuts the object off at the gateway, until the collector gives it up. */
export const breakBody = async ({ control, collector, name, signIn }: Broken) => {
  control.statistics.plant(name, bodyOf(OPEN).slice(0, 120))
  for (let tries = 1; tries <= 5; tries += 1) {
    control.clock.advance(240_000)
    await collector.round()
  }
  await signIn()
}

/** An object that was open and counted, and then could not be read any more. */
export const quarantinedWithRows = async (engine: EngineName) => {
  const here = await planted(engine, OPEN, bodyOf(OPEN, { uploaded: '1000' }))
  await breakBody(here)
  expect((await objectsIn(here.store)).get(here.name)).toMatchObject({ state: 'quarantined', item_count: 1, tries: 5 })
  return here
}
