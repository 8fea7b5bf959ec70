import { useSyncExternalStore } from 'react'
import { onPreferences, type Preferences, preferences } from '../format/preferences.ts'

/** How this admin reads bytes and times, and how dense; what uses it is drawn again when it changes. */
export const usePreferences = (): Preferences => useSyncExternalStore(onPreferences, preferences)
