import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import type { ApiToken } from '@ostor-console/shared/tokens'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { MakeTokenDialog } from './make-token-dialog.tsx'
import { TokenRows } from './token-rows.tsx'
import { daysLeft } from './token-words.ts'
import { ownTokensQuery, useMakeToken } from './tokens.queries.ts'

/** One's own API tokens. */
export function TokensPanel() {
  const { t } = useLingui()
  const tokens = useQuery(ownTokensQuery())
  const make = useMakeToken()
  const [isMaking, setMaking] = useState(false)
  const made = make.data
  const name = made?.token.name ?? ''
  useShownOnce(make.isPending || made !== undefined)

  const soon = (tokens.data ?? []).filter((token) => daysLeft(token, tokens.dataUpdatedAt) !== null).map(nameOf)
  const close = () => {
    make.reset()
    setMaking(false)
  }
  const button = (
    <Button data-shortcut="n" size="xs" onClick={() => setMaking(true)}>
      <Trans>Make a token</Trans>
    </Button>
  )
  return (
    <>
      <QueryPanel
        title={t`API tokens`}
        note={t`With which your scripts ask the console, in your name and with a part of what you may.`}
        query={tokens}
        flush
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState icon={<IconKey size={28} />} title={t`You have no API tokens`} action={button}>
            <Trans>
              A script that lists users, reads usage or sets limits signs in with a token of its own. It never needs
              your password, and can be revoked alone.
            </Trans>
          </EmptyState>
        }
        partial={soon.length > 0 && <Soon names={soon} />}
        actions={tokens.data && tokens.data.length > 0 && button}
      >
        {(list) => <TokenRows label={t`API tokens`} whose="own" tokens={list} readAt={tokens.dataUpdatedAt} />}
      </QueryPanel>
      {isMaking && !made && <MakeTokenDialog make={make} onClose={close} />}
      {made && (
        <SecretReveal
          title={t`The token ${name} is made`}
          items={[{ name: 'token', label: t`API token`, value: made.secret }]}
          fileName={`ostor-console-token-${name.replaceAll(' ', '-')}`}
          onStored={close}
        />
      )}
    </>
  )
}

const nameOf = ({ name }: ApiToken): string => name

/** What will stop working, while there is time to make another. */
function Soon({ names }: { names: string[] }) {
  const { t } = useLingui()
  const all = names.join(', ')
  if (names.length === 1) {
    return (
      <Alert color="yellow" title={t`${all} expires soon`}>
        <Trans>Make a new one and give it to the script before the old one ends.</Trans>
      </Alert>
    )
  }
  const list = <bdi>{all}</bdi>
  return (
    <Alert color="yellow" title={plural(names.length, { one: '# token expires soon', other: '# tokens expire soon' })}>
      <Trans>Make a new one and give it to the script before the old one ends: {list}.</Trans>
    </Alert>
  )
}
