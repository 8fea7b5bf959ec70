import { Trans, useLingui } from '@lingui/react/macro'
import { UnstyledButton } from '@mantine/core'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import { KeyCaps, MOD } from '../ui/key-caps.tsx'

/** Opens the palette, and says by which keys it opens too. */
export function SearchButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useLingui()
  return (
    <UnstyledButton
      className="search-button"
      aria-label={t`Search and go`}
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onOpen}
    >
      <IconSearch size={16} stroke={1.7} aria-hidden="true" />
      <span className="search-button-word">
        <Trans>Search</Trans>
      </span>
      <KeyCaps keys={[MOD, 'K']} />
    </UnstyledButton>
  )
}
