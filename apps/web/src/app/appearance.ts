import { onPreferences, preferences } from '../format/preferences.ts'

/** Where the kit keeps the theme that was chosen. */
const SCHEME = 'mantine-color-scheme-value'

const storedScheme = (): string | null => {
  try {
    return window.localStorage.getItem(SCHEME)
  } catch {
    return null
  }
}

const showDensity = (): void => {
  document.documentElement.dataset['density'] = preferences().density
}

/** Puts theme and density on the root before anything is drawn, so that the first picture is in them; density follows. */
export const keepAppearance = (): void => {
  const scheme = storedScheme()
  const isDark = scheme === 'dark' || (scheme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['mantineColorScheme'] = isDark ? 'dark' : 'light'
  showDensity()
  onPreferences(showDensity)
}
