import { Alert, Button } from '@mantine/core'
import type { Account } from '@ostor-console/shared/account'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { Age } from '../../ui/age.tsx'
import { Facts } from '../../ui/facts.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { accountQuery, useConfirmEnrolment, useNewRecoveryCodes, useRemoveSecondFactor } from './account.queries.ts'
import { EnrolDialog } from './enrol-dialog.tsx'
import { ProofDialog } from './proof-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const FEW = 3

/** The second step of signing in: on or off, and how many ways back are left without the phone. */
export function TwoStepPanel() {
  const account = useQuery(accountQuery())
  const confirm = useConfirmEnrolment()
  const renew = useNewRecoveryCodes()
  const remove = useRemoveSecondFactor()
  const [asked, ask] = useState<'enrol' | 'renew' | 'remove' | null>(null)
  const codes = confirm.data?.recoveryCodes ?? renew.data?.recoveryCodes
  useBlocker({ shouldBlockFn: () => true, disabled: !codes, enableBeforeUnload: false })

  const isOn = account.data?.secondFactor != null
  const open = (which: NonNullable<typeof asked>) => {
    for (const { reset } of [confirm, renew, remove]) reset()
    ask(which)
  }
  const close = () => ask(null)

  return (
    <QueryPanel
      title="Two-step sign-in"
      note="After the password, a code of an app on your phone"
      query={account}
      actions={
        account.data &&
        (isOn ? (
          <>
            <Button size="xs" variant="default" onClick={() => open('renew')}>
              New recovery codes
            </Button>
            <Button size="xs" variant="default" onClick={() => open('remove')}>
              Turn off
            </Button>
          </>
        ) : (
          account.data.hasPassword && (
            <Button size="xs" onClick={() => open('enrol')}>
              Turn on
            </Button>
          )
        ))
      }
    >
      {({ email, secondFactor, passkeys, hasPassword }) => (
        <>
          {secondFactor ? <On {...secondFactor} /> : <Off passkeys={passkeys.length > 0} hasPassword={hasPassword} />}
          {asked === 'enrol' && <EnrolDialog confirm={confirm} onClose={close} />}
          {asked === 'renew' && (
            <ProofDialog
              title="New recovery codes?"
              confirmLabel="Make new codes"
              pending={renew.isPending}
              error={renew.error}
              onConfirm={(proof) => renew.mutate(proof, { onSuccess: close })}
              onClose={close}
            >
              <p>Ten new codes are shown once. The ones you have now are worth nothing any more.</p>
            </ProofDialog>
          )}
          {asked === 'remove' && (
            <ProofDialog
              title="Turn two-step sign-in off?"
              confirmLabel="Turn off"
              danger
              pending={remove.isPending}
              error={remove.error}
              onConfirm={(proof) => remove.mutate(proof, { onSuccess: close })}
              onClose={close}
            >
              <p>
                {passkeys.length === 0
                  ? 'Then whoever learns your password can sign in with it alone.'
                  : 'Then a passkey is asked for after the password.'}{' '}
                The app’s entry and the recovery codes are worth nothing any more.
              </p>
            </ProofDialog>
          )}
          {codes && (
            <RecoveryCodes
              codes={codes}
              email={email}
              onStored={() => {
                confirm.reset()
                renew.reset()
              }}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}

function On({ enrolledAt, recoveryCodesLeft }: NonNullable<Account['secondFactor']>) {
  return (
    <>
      <Facts
        items={{
          State: <StateDot tone="good">on</StateDot>,
          'Set up': <Age at={enrolledAt} />,
          'Recovery codes left': `${recoveryCodesLeft} of 10`,
        }}
      />
      {recoveryCodesLeft < FEW && (
        <Alert color="yellow" mt="md" title="Few recovery codes are left">
          Without your phone and without a code you cannot sign in. Make new ones.
        </Alert>
      )}
    </>
  )
}

function Off({ passkeys, hasPassword }: { passkeys: boolean; hasPassword: boolean }) {
  const state = !hasPassword
    ? 'off: you have no password that it could follow'
    : passkeys
      ? 'off: after the password a passkey is asked for'
      : 'off: the password alone is enough to sign in as you'
  return <Facts items={{ State: <StateDot tone={passkeys ? 'off' : 'warn'}>{state}</StateDot> }} />
}
