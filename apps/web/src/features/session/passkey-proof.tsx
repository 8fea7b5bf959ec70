import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack } from '@mantine/core'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { usePasskeyProof } from './passkey.queries.ts'
import { PasskeyButton } from './passkey-button.tsx'

type Props = {
  /** Why it cannot be done here. */
  reason: string | null
  /** There is no other way, so the way out stands here. */
  alone: boolean
  onEnd: (proved: boolean) => void
}

export function PasskeyProof({ reason, alone, onEnd }: Props) {
  const { t } = useLingui()
  const prove = usePasskeyProof()
  return (
    <Stack gap="md">
      {prove.error && <ProblemAlert error={prove.error} />}
      {reason !== null && alone && (
        <Alert color="yellow" role="alert" title={t`Your passkeys cannot be used here`}>
          {reason}
        </Alert>
      )}
      {reason === null && (
        <PasskeyButton
          data-autofocus
          busy={prove.isPending}
          onClick={() => prove.mutate(undefined, { onSuccess: () => onEnd(true) })}
        >
          <Trans>Use a passkey</Trans>
        </PasskeyButton>
      )}
      {alone ? (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onEnd(false)}>
            <Trans>Cancel</Trans>
          </Button>
        </Group>
      ) : (
        reason === null && (
          <div className="entry-or">
            <Trans>or</Trans>
          </div>
        )
      )}
    </Stack>
  )
}
