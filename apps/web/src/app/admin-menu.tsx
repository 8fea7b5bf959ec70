import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu, Text } from '@mantine/core'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs'
import IconKeyboard from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs'
import IconLanguage from '@tabler/icons-react/dist/esm/icons/IconLanguage.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconRuler2 from '@tabler/icons-react/dist/esm/icons/IconRuler2.mjs'
import IconShieldLock from '@tabler/icons-react/dist/esm/icons/IconShieldLock.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { use } from 'react'
import { LimitContext } from '../api/role.ts'
import { sessionQuery, useSignOut } from '../features/session/session.queries.ts'
import { setPreferences } from '../format/preferences.ts'
import { ErrorSentence } from '../ui/error-sentence.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { usePreferences } from '../ui/use-preferences.ts'
import { LANGUAGES } from '../words/language.ts'

export function AdminMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const session = useQuery(sessionQuery()).data
  const { t } = useLingui()
  const email = session?.admin?.email ?? t`Admin`
  const limit = use(LimitContext)
  const signOut = useSignOut()
  const { language, units, zone } = usePreferences()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="sm" px={8} aria-label={email} translate="no" className="admin">
          <IconUser size={18} stroke={1.7} aria-hidden="true" />
          <span className="admin-name">
            <ForeignText text={email} cap={32} />
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Trans>Signed in as</Trans>
          <Text size="sm" c="var(--mantine-color-text)" truncate translate="no">
            {email}
          </Text>
          {limit !== null && (
            <Text size="sm" mt={4}>
              <Trans>Limited to: {limit}</Trans>
            </Text>
          )}
        </Menu.Label>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconRuler2 size={16} />}
          onClick={() => setPreferences({ units: units === 'binary' ? 'decimal' : 'binary' })}
        >
          {units === 'binary' ? t`Bytes: binary (GiB)` : t`Bytes: decimal (GB)`}
        </Menu.Item>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconClock size={16} />}
          onClick={() => setPreferences({ zone: zone === 'utc' ? 'local' : 'utc' })}
        >
          {zone === 'utc' ? t`Times: UTC` : t`Times: local`}
        </Menu.Item>
        <Menu.Sub position="left-start" offset={4}>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconLanguage size={16} />}>
              <Trans>Language</Trans>
            </Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {LANGUAGES.map((each) => (
              <Menu.Item
                key={each.language}
                lang={each.language}
                closeMenuOnClick={false}
                rightSection={each.language === language ? <IconCheck size={14} aria-label={t`chosen`} /> : null}
                onClick={() => setPreferences({ language: each.language })}
              >
                {each.name}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          <Trans>Keyboard shortcuts</Trans>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          renderRoot={(props) => <Link from="/c/$cluster" to="/c/$cluster/account" {...props} />}
        >
          <Trans>Your account</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} closeMenuOnClick={false} onClick={() => signOut.mutate()}>
          {signOut.isPending ? t`Signing out…` : t`Sign out`}
        </Menu.Item>
        {signOut.error && (
          <Text size="xs" c="var(--bad)" px="sm" pb="xs" role="alert">
            <Trans>
              Not signed out: <ErrorSentence error={signOut.error} />
            </Trans>
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
