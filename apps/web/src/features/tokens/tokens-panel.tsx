import { Alert, Button } from '@mantine/core'
import type { ApiToken } from '@ostor-console/shared/tokens'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { MakeTokenDialog } from './make-token-dialog.tsx'
import { TokenRows } from './token-rows.tsx'
import { daysLeft } from './token-words.ts'
import { ownTokensQuery, useMakeToken } from './tokens.queries.ts'

/** One's own API tokens. */
export function TokensPanel() {
  const tokens = useQuery(ownTokensQuery())
  const make = useMakeToken()
  const [isMaking, setMaking] = useState(false)
  const made = make.data
  useBlocker({ shouldBlockFn: () => true, disabled: !made, enableBeforeUnload: false })

  const soon = (tokens.data ?? []).filter((token) => daysLeft(token, tokens.dataUpdatedAt) !== null).map(nameOf)
  const close = () => {
    make.reset()
    setMaking(false)
  }
  const button = (
    <Button data-shortcut="n" size="xs" onClick={() => setMaking(true)}>
      Make a token
    </Button>
  )
  return (
    <>
      <QueryPanel
        title="API tokens"
        note="With which your scripts ask the console, in your name and with a part of what you may."
        query={tokens}
        flush
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState icon={<IconKey size={28} />} title="You have no API tokens" action={button}>
            A script that lists users, reads usage or sets limits signs in with a token of its own. It never needs your
            password, and can be revoked alone.
          </EmptyState>
        }
        partial={soon.length > 0 && <Soon names={soon} />}
        actions={tokens.data && tokens.data.length > 0 && button}
      >
        {(list) => <TokenRows label="API tokens" whose="own" tokens={list} readAt={tokens.dataUpdatedAt} />}
      </QueryPanel>
      {isMaking && !made && <MakeTokenDialog make={make} onClose={close} />}
      {made && (
        <SecretReveal
          title={`The token ${made.token.name} is made`}
          items={[{ name: 'token', label: 'API token', value: made.secret }]}
          fileName={`ostor-console-token-${made.token.name.replaceAll(' ', '-')}`}
          onStored={close}
        />
      )}
    </>
  )
}

const nameOf = ({ name }: ApiToken): string => name

/** What will stop working, while there is time to make another. */
const Soon = ({ names }: { names: string[] }) => (
  <Alert color="yellow" title={names.length === 1 ? `${names[0]} expires soon` : `${names.length} tokens expire soon`}>
    Make a new one and give it to the script before the old one ends
    {names.length > 1 && `: ${names.join(', ')}`}.
  </Alert>
)
