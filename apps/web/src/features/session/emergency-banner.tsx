import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import type { Session } from '@ostor-console/shared/session'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'

type Props = { emergency: NonNullable<Session['emergency']> }

/** That somebody came in past the provider, which everybody who may read the audit has to know for a day. */
export default function EmergencyBanner({ emergency: { email, at, address } }: Props) {
  const { t } = useLingui()
  const when = formatInstant(at)
  return (
    <Alert color="red" role="alert" className="connection-banner" title={t`${email} signed in without the provider`}>
      {address ? (
        <Trans>
          {when} (<Age at={at} />
          ), from {address}.
        </Trans>
      ) : (
        <Trans>
          {when} (<Age at={at} />
          ).
        </Trans>
      )}{' '}
      <Trans>
        That is for emergencies only: if you do not know of one, disable {email} and end their sessions on the page
        People, and see in the audit what they did.
      </Trans>
    </Alert>
  )
}
