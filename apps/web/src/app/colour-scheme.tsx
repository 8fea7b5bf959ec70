import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import IconBaselineDensityMedium from '@tabler/icons-react/dist/esm/icons/IconBaselineDensityMedium.mjs'
import IconBaselineDensitySmall from '@tabler/icons-react/dist/esm/icons/IconBaselineDensitySmall.mjs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconDeviceDesktop from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs'
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs'
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs'
import { setPreferences } from '../format/preferences.ts'
import { usePreferences } from '../ui/use-preferences.ts'

const SCHEMES = [
  { scheme: 'light', name: msg`Light`, Icon: IconSun },
  { scheme: 'dark', name: msg`Dark`, Icon: IconMoon },
  { scheme: 'auto', name: msg`As the system`, Icon: IconDeviceDesktop },
] as const

const DENSITIES = [
  { density: 'comfortable', name: msg`Comfortable`, Icon: IconBaselineDensityMedium },
  { density: 'compact', name: msg`Compact`, Icon: IconBaselineDensitySmall },
] as const

/** How the console looks on this browser: its theme and its density. */
export function ColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { t } = useLingui()
  const { density: chosen } = usePreferences()
  const Now = SCHEMES.find(({ scheme }) => scheme === colorScheme)?.Icon ?? IconDeviceDesktop
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t`Theme and density`}>
          <Now size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Trans>Theme</Trans>
        </Menu.Label>
        {SCHEMES.map(({ scheme, name, Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} />}
            rightSection={scheme === colorScheme ? <IconCheck size={14} aria-label={t`chosen`} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(name)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>
          <Trans>Density</Trans>
        </Menu.Label>
        {DENSITIES.map(({ density, name, Icon }) => (
          <Menu.Item
            key={density}
            leftSection={<Icon size={16} />}
            rightSection={density === chosen ? <IconCheck size={14} aria-label={t`chosen`} /> : null}
            onClick={() => setPreferences({ density })}
          >
            {t(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
