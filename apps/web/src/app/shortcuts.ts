import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { MOD } from '../ui/key-caps.tsx'
import type { PageLink } from './pages.ts'

type Does = { to: PageLink['to'] } | { press: string } | { open: 'palette' | 'shortcuts' }

/** `keys` as `event.key` names them, one after the other; `mod` is Ctrl, and Command on a Mac. */
export type Shortcut = { keys: string; says: MessageDescriptor } & Does

/** Read by what listens to the keys and by the dialog that lists them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'mod+k', says: msg`Search everything, go anywhere`, open: 'palette' },
  { keys: '?', says: msg`This list`, open: 'shortcuts' },
  { keys: '/', says: msg`The search of the page`, press: '/' },
  { keys: 'n', says: msg`New: user, plan, group, invitation or token, where the page has one`, press: 'n' },
  { keys: 'g o', says: msg`Overview`, to: '/c/$cluster/overview' },
  { keys: 'g u', says: msg`Users`, to: '/c/$cluster/users' },
  { keys: 'g b', says: msg`Buckets`, to: '/c/$cluster/buckets' },
  { keys: 'g s', says: msg`Usage`, to: '/c/$cluster/usage' },
  { keys: 'g a', says: msg`Audit`, to: '/c/$cluster/audit' },
]

/** What rows and charts do themselves, for the list. */
export const ON_THE_SPOT: readonly {
  name: MessageDescriptor
  rows: readonly { keys: string; says: MessageDescriptor }[]
}[] = [
  {
    name: msg`In a table`,
    rows: [
      { keys: '↑ ↓', says: msg`The row before, the row after` },
      { keys: 'Enter', says: msg`Open the row` },
    ],
  },
  {
    name: msg`On a chart`,
    rows: [
      { keys: '← →', says: msg`The step before, the step after` },
      { keys: 'Shift+← →', says: msg`Select a range` },
      { keys: 'Enter', says: msg`Zoom into the range` },
      { keys: 'Esc', says: msg`Let go of the range` },
    ],
  },
]

/** The keys as they are written on a keyboard: `['Ctrl', 'K']`. */
export const capsOf = (keys: string): string[] =>
  keys.split(/[ +]/).map((key) => (key === 'mod' ? MOD : key === 'k' ? 'K' : key))
