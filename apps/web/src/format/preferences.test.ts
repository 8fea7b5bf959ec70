import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const KEY = 'ostor-console.preferences'

/** A browser that keeps what is chosen, of which this is one of two tabs. */
const browser = () => {
  const kept = new Map<string, string>()
  const tabs = new EventTarget()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('addEventListener', tabs.addEventListener.bind(tabs))
  const inOtherTab = (key: string, value: string): void => {
    kept.set(key, value)
    tabs.dispatchEvent(Object.assign(new Event('storage'), { key }))
  }
  return { kept, inOtherTab }
}

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

test('what another tab chooses holds here, and is told to whoever follows', async () => {
  const { inOtherTab } = browser()
  const { onPreferences, preferences } = await import('./preferences.ts')
  const told = vi.fn<() => void>()
  onPreferences(told)
  inOtherTab(KEY, JSON.stringify({ language: 'de', density: 'compact' }))
  expect(preferences()).toMatchObject({ language: 'de', density: 'compact' })
  expect(told).toHaveBeenCalledTimes(1)
})

test('what another tab chose is not lost when something else is chosen here', async () => {
  const { kept, inOtherTab } = browser()
  const { setPreferences } = await import('./preferences.ts')
  inOtherTab(KEY, JSON.stringify({ units: 'decimal' }))
  setPreferences({ zone: 'local' })
  expect(JSON.parse(kept.get(KEY) ?? '')).toMatchObject({ units: 'decimal', zone: 'local' })
})

test('what is kept beside it in the browser tells nobody', async () => {
  const { inOtherTab } = browser()
  const { onPreferences } = await import('./preferences.ts')
  const told = vi.fn<() => void>()
  onPreferences(told)
  inOtherTab('mantine-color-scheme-value', 'dark')
  expect(told).not.toHaveBeenCalled()
})
