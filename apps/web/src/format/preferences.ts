export type ByteUnits = 'binary' | 'decimal'
type Zone = 'utc' | 'local'
type Density = 'comfortable' | 'compact'
type Shortcuts = 'on' | 'off'
/** `pseudo` and `mirrored` are for tests, which find texts outside the catalogues with them. */
export type Language = (typeof LANGUAGES)[number]
export type Preferences = { language: Language; units: ByteUnits; zone: Zone; density: Density; shortcuts: Shortcuts }

const KEY = 'ostor-console.preferences'
const LANGUAGES = ['en', 'de', 'fr', 'ja', 'pseudo', 'mirrored'] as const
const UNITS: ByteUnits[] = ['binary', 'decimal']
const ZONES: Zone[] = ['utc', 'local']
const DENSITIES: Density[] = ['comfortable', 'compact']
const SHORTCUTS: Shortcuts[] = ['on', 'off']

const stored = (): Partial<Record<keyof Preferences, unknown>> => {
  try {
    const value: unknown = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** The first language of this browser that there are words for. */
const ofBrowser = (): Language | undefined =>
  (globalThis.navigator?.languages ?? [])
    .map((each) => LANGUAGES.find((language) => language === each.split('-')[0]))
    .find((each) => each !== undefined)

const read = (): Preferences => {
  const { language, units, zone, density, shortcuts } = stored()
  return {
    language: LANGUAGES.find((each) => each === language) ?? ofBrowser() ?? 'en',
    units: UNITS.find((each) => each === units) ?? 'binary',
    zone: ZONES.find((each) => each === zone) ?? 'utc',
    density: DENSITIES.find((each) => each === density) ?? 'comfortable',
    shortcuts: SHORTCUTS.find((each) => each === shortcuts) ?? 'on',
  }
}

let current = read()
const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

// What is chosen in another tab of the browser holds in this one too.
globalThis.addEventListener?.('storage', ({ key }) => {
  // `null` when all of it was cleared.
  if (key !== KEY && key !== null) return
  current = read()
  tell()
})

/** The language of this admin on this browser, how they read bytes and times, how close rows and fields stand, and whether single keys do something. */
export const preferences = (): Preferences => current

export const setPreferences = (change: Partial<Preferences>): void => {
  current = { ...current, ...change }
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still follows the choice until the page is left.
  }
  tell()
}

export const onPreferences = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The time zone of the page, such as `UTC` or `Europe/Vienna`. */
export const timeZone = (): string =>
  current.zone === 'utc' ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone
