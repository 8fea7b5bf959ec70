import { MOD } from '../ui/key-caps.tsx'
import type { PageLink } from './pages.ts'

type Does = { to: PageLink['to'] } | { press: string } | { open: 'palette' | 'shortcuts' }

/** `keys` as `event.key` names them, one after the other; `mod` is Ctrl, and Command on a Mac. */
export type Shortcut = { keys: string; says: string } & Does

/** Read by what listens to the keys and by the dialog that lists them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'mod+k', says: 'Search everything, go anywhere', open: 'palette' },
  { keys: '?', says: 'This list', open: 'shortcuts' },
  { keys: '/', says: 'The search of the page', press: '/' },
  { keys: 'n', says: 'New: user, plan, group, invitation or token, where the page has one', press: 'n' },
  { keys: 'g o', says: 'Overview', to: '/c/$cluster/overview' },
  { keys: 'g u', says: 'Users', to: '/c/$cluster/users' },
  { keys: 'g b', says: 'Buckets', to: '/c/$cluster/buckets' },
  { keys: 'g s', says: 'Usage', to: '/c/$cluster/usage' },
  { keys: 'g a', says: 'Audit', to: '/c/$cluster/audit' },
]

/** What rows and charts do themselves, for the list. */
export const ON_THE_SPOT: readonly { name: string; rows: readonly { keys: string; says: string }[] }[] = [
  {
    name: 'In a table',
    rows: [
      { keys: '↑ ↓', says: 'The row before, the row after' },
      { keys: 'Enter', says: 'Open the row' },
    ],
  },
  {
    name: 'On a chart',
    rows: [
      { keys: '← →', says: 'The step before, the step after' },
      { keys: 'Shift+← →', says: 'Select a range' },
      { keys: 'Enter', says: 'Zoom into the range' },
      { keys: 'Esc', says: 'Let go of the range' },
    ],
  },
]

/** The keys as they are written on a keyboard: `['Ctrl', 'K']`. */
export const capsOf = (keys: string): string[] =>
  keys.split(/[ +]/).map((key) => (key === 'mod' ? MOD : key === 'k' ? 'K' : key))
