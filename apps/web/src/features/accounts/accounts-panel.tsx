import { Trans, useLingui } from '@lingui/react/macro'
import { MAX_KEYS } from '@ostor-console/shared/bounds'
import type { Account } from '@ostor-console/shared/users'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { NewAccountDialog, RemoveAccountDialog, RevokeAccountKeyDialog } from './account-dialogs.tsx'
import { useCreateAccount, useCreateAccountKey } from './accounts.queries.ts'
import './accounts.css'

type Props = {
  cluster: string
  userId: string
  /** `null` when this version of the gateway has none. */
  accounts: Account[] | null
  /** Why nothing can be changed here; `null` when it can. */
  locked: string | null
  onReadAgain: () => void
}

type Open = { is: 'new' } | { is: 'remove'; account: string } | { is: 'revoke'; account: string; keyId: string }

/** Named containers of further keys of a user. */
export function AccountsPanel({ cluster, userId, accounts, locked: given, onReadAgain }: Props) {
  const { t } = useLingui()
  const refusal = useRefusal('account.change')
  const locked = given ?? refusal
  const whose = { cluster, userId }
  const create = useCreateAccount(whose)
  const generate = useCreateAccountKey(whose)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => {
    create.reset()
    setOpen(null)
  }
  const made = create.data?.key ?? generate.data
  const stored = () => {
    generate.reset()
    close()
  }
  useShownOnce(create.isPending || generate.isPending || Boolean(made))
  const full = t`An account can have ${MAX_KEYS} keys. Revoke one first.`

  return (
    <Panel
      title={t`Accounts`}
      note={t`Named sets of further keys that act for this user, two keys at most in each.`}
      actions={
        accounts && (
          <ReasonButton
            size="xs"
            variant="default"
            reason={locked}
            onClick={() => {
              create.reset()
              setOpen({ is: 'new' })
            }}
          >
            <Trans>New account</Trans>
          </ReasonButton>
        )
      }
    >
      {accounts === null && (
        <p className="accounts-none">
          <Trans>This version of the gateway has no accounts.</Trans>
        </p>
      )}
      {accounts?.length === 0 && (
        <p className="accounts-none">
          <Trans>This user has no accounts.</Trans>
        </p>
      )}
      {create.data?.key === null && (
        <p className="accounts-none" role="alert">
          <Trans>
            The account is made, but the secret of its first key did not arrive. Revoke that key and generate another.
          </Trans>
        </p>
      )}
      {generate.error && (
        <ProblemAlert
          error={generate.error}
          onReadAgain={() => {
            generate.reset()
            onReadAgain()
          }}
        />
      )}
      <ul className="account-list">
        {accounts?.map(({ name, keyIds }) => (
          <li key={name}>
            <div className="account-head">
              <strong>
                <ForeignText text={name} cap={80} />
              </strong>
              <span className="account-actions">
                <ReasonButton
                  size="compact-sm"
                  variant="default"
                  aria-label={t`Generate key of ${name}`}
                  reason={locked ?? (keyIds.length >= MAX_KEYS ? full : null)}
                  busy={generate.isPending && generate.variables === name}
                  disabled={generate.isPending && generate.variables !== name}
                  onClick={() => generate.mutate(name)}
                >
                  <Trans>Generate key</Trans>
                </ReasonButton>
                <ReasonButton
                  size="compact-sm"
                  variant="default"
                  aria-label={t`Delete account ${name}`}
                  reason={locked}
                  onClick={() => setOpen({ is: 'remove', account: name })}
                >
                  <Trans>Delete…</Trans>
                </ReasonButton>
              </span>
            </div>
            {keyIds.length === 0 && (
              <p className="accounts-none">
                <Trans>It has no keys.</Trans>
              </p>
            )}
            {keyIds.map((id) => (
              <div key={id} className="account-key">
                <CopyText text={id} label={t`key id`} />
                <ReasonButton
                  size="compact-sm"
                  variant="default"
                  aria-label={t`Revoke ${id}`}
                  reason={locked}
                  onClick={() => setOpen({ is: 'revoke', account: name, keyId: id })}
                >
                  <Trans>Revoke…</Trans>
                </ReasonButton>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {open?.is === 'new' && create.data === undefined && (
        <NewAccountDialog
          pending={create.isPending}
          error={create.error}
          onCreate={(name) => create.mutate(name, { onSuccess: () => setOpen(null) })}
          onClose={close}
        />
      )}
      {open?.is === 'remove' && <RemoveAccountDialog whose={whose} account={open.account} onClose={close} />}
      {open?.is === 'revoke' && (
        <RevokeAccountKeyDialog whose={whose} account={open.account} keyId={open.keyId} onClose={close} />
      )}
      {made && (
        <SecretReveal
          title={t`The key is generated`}
          items={[
            {
              name: 'account',
              label: t`Account`,
              value: (create.data?.key ? create.data.name : generate.variables) ?? '',
            },
            { name: 'accessKeyId', label: t`Access key ID`, value: made.id },
            { name: 'secretAccessKey', label: t`Secret access key`, value: made.secret },
          ]}
          fileName={`ostor-key-${made.id}`}
          onStored={stored}
        />
      )}
    </Panel>
  )
}
