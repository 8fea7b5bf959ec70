import { afterAll, beforeAll, beforeEach } from 'vitest'
import { installProcedures } from './whmcs-procedures.ts'
import { type FakeOptions, mariadbUrl, openFakeWhmcs } from './whmcs-world.ts'

type Shared = Awaited<ReturnType<typeof open>>

const open = async (options: FakeOptions) => {
  const fake = await openFakeWhmcs(options)
  return {
    fake,
    /** With the console's own procedures in it. */
    database: await installProcedures(mariadbUrl(), fake.database),
    settings: { ...fake.control.set({}) },
  }
}

/** One simulated WHMCS for the tests of a file, of which each finds it well and with nothing written to its clients. */
export const sharedWhmcs = (options: FakeOptions = {}): (() => Shared) => {
  let shared: Shared | null = null
  const whmcs = (): Shared => {
    if (!shared) throw new Error('It is opened before the first test.')
    return shared
  }
  beforeAll(async () => {
    shared = await open(options)
  })
  afterAll(() => shared?.fake.close())
  beforeEach(async () => {
    const { fake, settings } = whmcs()
    fake.control.clearFaults()
    fake.control.set(settings)
    await fake.control.clearRecords()
    fake.control.clearCalls()
  })
  return whmcs
}
