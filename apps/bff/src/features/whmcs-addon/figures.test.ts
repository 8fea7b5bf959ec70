import { expect, test } from 'vitest'
import type { LinkRecord } from '../../adapters/store/client-links.ts'
import type { MonthSoFar } from '../../adapters/store/month-so-far.ts'
import { addonFigures } from './figures.ts'

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 4, hour))

const LINK: Omit<LinkRecord, 'cluster'> = {
  userId: 'f17a',
  clientId: 7,
  linkedEmail: 'a@example.com',
  linkedAt: at(0),
  linkedBy: 'ada',
}

type Until = { trafficUntil: Date | null; sizesUntil: Date | null }

const usageOf = (untils: Record<string, Until>, linked: string[]) => {
  const links = linked.map((cluster) => ({ ...LINK, cluster }))
  const soFar: MonthSoFar = async (cluster) => ({
    figures: new Map(),
    ...(untils[cluster] ?? { trafficUntil: null, sizesUntil: null }),
  })
  const all = Object.keys(untils).map((id) => ({ cluster: { id } }))
  return addonFigures({
    links: { all: async () => links, ofClients: async () => links },
    soFar,
    clusters: { all } as never,
    now: () => at(20),
  }).usage()
}

test('figures are as of the earliest hour to which all of them are known, in every cluster that has one of the users', async () => {
  const untils = {
    one: { trafficUntil: at(19), sizesUntil: at(18) },
    two: { trafficUntil: at(17), sizesUntil: at(20) },
    none: { trafficUntil: null, sizesUntil: null },
  }
  expect(await usageOf(untils, ['one'])).toMatchObject({ asOf: at(18).toISOString() })
  expect(await usageOf(untils, ['one', 'two'])).toMatchObject({ asOf: at(17).toISOString() })
  expect(await usageOf(untils, ['one', 'none'])).toMatchObject({ asOf: null })
  expect(await usageOf(untils, [])).toMatchObject({ asOf: null })
})
