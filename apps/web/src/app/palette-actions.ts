import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { Verb } from '@ostor-console/shared/roles'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconKeyboard from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs'
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconServer2 from '@tabler/icons-react/dist/esm/icons/IconServer2.mjs'
import IconShieldLock from '@tabler/icons-react/dist/esm/icons/IconShieldLock.mjs'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { use } from 'react'
import { RoleContext, refusalOf, useFleetRefusal } from '../api/role.ts'
import { sessionQuery, useSignOut } from '../features/session/session.queries.ts'
import { useErrorText } from '../ui/error-sentence.tsx'
import { baseTitle } from '../ui/title.ts'
import { ABOUT_ALL } from './about-all.ts'
import type { Entry, EntryGroup } from './palette-entry.ts'
import { SHORTCUTS } from './shortcuts.ts'
import { pressOnPage } from './use-shortcuts.ts'

/** What is made on a page of its own, by the button that has the key `n`. */
const NEW = [
  { label: msg`New user`, verb: 'user.create', to: '/c/$cluster/users' },
  { label: msg`New plan`, verb: 'billing.manage', to: '/c/$cluster/billing' },
  { label: msg`New group of users`, verb: 'group.manage', to: '/c/$cluster/groups' },
  { label: msg`Invite somebody`, verb: 'access.manage', to: '/c/$cluster/people' },
  { label: msg`Make an API token`, verb: null, to: '/c/$cluster/account' },
] as const satisfies { label: MessageDescriptor; verb: Verb | null; to: string }[]

const WAIT_MS = 10_000

/** What can be done from anywhere; what is refused says why. */
export function useActions(cluster: string, onShortcuts: () => void): EntryGroup[] {
  const { t } = useLingui()
  const navigate = useNavigate()
  const router = useRouter()
  const role = use(RoleContext)
  const fleet = useFleetRefusal()
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const signOut = useSignOut()
  const inWords = useErrorText()
  const clipboard = useClipboard({ timeout: 3000 })
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark'

  const makeOn = (to: (typeof NEW)[number]['to']) => {
    const { pathname } = router.buildLocation({ to, params: { cluster } })
    const isThere = () => router.state.location.pathname === pathname
    if (isThere()) return pressSoon('n', isThere)
    const arrived = router.subscribe('onRendered', () => {
      arrived()
      pressSoon('n', isThere)
    })
    // Whoever stays where they are, for what they have typed there, did not arrive.
    void navigate({ to, params: { cluster } }).finally(() => isThere() || arrived())
  }

  const making = NEW.map(
    ({ label, verb, to }): Entry => ({
      key: `new ${to}`,
      label: t(label),
      Icon: IconPlus,
      refusal: (verb && refusalOf(role, verb)) ?? (to in ABOUT_ALL ? fleet : null),
      run: () => makeOn(to),
    }),
  )
  const others: Entry[] = [
    {
      key: 'link',
      label: t`Copy link to this page`,
      note: baseTitle(),
      Icon: clipboard.copied ? IconCheck : IconLink,
      stays: true,
      said: clipboard.copied ? t`The link is copied` : undefined,
      ...(clipboard.error && { note: t`Not copied: ${clipboard.error.message}` }),
      run: () => clipboard.copy(window.location.href),
    },
    {
      key: 'theme',
      label: other === 'dark' ? t`Switch to the dark theme` : t`Switch to the light theme`,
      Icon: IconMoon,
      run: () => setColorScheme(other),
    },
    {
      key: 'shortcuts',
      label: t`Keyboard shortcuts`,
      Icon: IconKeyboard,
      keys: SHORTCUTS.find((each) => 'open' in each && each.open === 'shortcuts')?.keys,
      run: onShortcuts,
    },
    {
      key: 'account',
      label: t`Your account`,
      Icon: IconShieldLock,
      run: () => void navigate({ to: '/c/$cluster/account', params: { cluster } }),
    },
    {
      key: 'sign-out',
      label: signOut.isPending ? t`Signing out…` : t`Sign out`,
      note: signOut.error ? t`Not signed out: ${inWords(signOut.error)}` : undefined,
      Icon: IconLogout,
      stays: true,
      run: () => signOut.mutate(),
    },
  ]
  const elsewhere = clusters
    .filter(({ id }) => id !== cluster)
    .map(
      ({ id, name }): Entry => ({
        key: `cluster ${id}`,
        label: name,
        note: t`cluster`,
        Icon: IconServer2,
        run: () => void navigate({ to: '/c/$cluster', params: { cluster: id } }),
      }),
    )
  return [
    { name: t`Actions`, entries: [...making, ...others] },
    { name: t`Clusters`, entries: elsewhere },
  ]
}

/** Presses what has this key once it is there, unless the page was left; a page may first have to read what it shows. */
const pressSoon = (key: string, isThere: () => boolean): void => {
  const observer = new MutationObserver(() => {
    if (!isThere() || document.querySelector('[role="dialog"]') || pressOnPage(key)) observer.disconnect()
  })
  setTimeout(() => {
    if (!isThere() || pressOnPage(key)) return
    observer.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => observer.disconnect(), WAIT_MS)
  })
}
