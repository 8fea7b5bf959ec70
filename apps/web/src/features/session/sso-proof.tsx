import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { Session } from '@ostor-console/shared/session'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { sessionQuery } from './session.queries.ts'

const PROVE = `/api/v1/session/oidc?${new URLSearchParams({ again: 'yes', returnTo: '/' }).toString()}`

/** The proof of somebody who has no password here: the provider asks, in a tab of its own, so that this page stays. */
export function SsoProof({ name, onEnd }: { name: string; onEnd: (proved: boolean) => void }) {
  const { t } = useLingui()
  const queryClient = useQueryClient()
  const [missing, setMissing] = useState(false)

  const check = useCallback(async () => {
    const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 })
    return isProved(session)
  }, [queryClient])

  useEffect(() => {
    const look = () => void check().then((proved) => proved && onEnd(true), ignore)
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [check, onEnd])

  return (
    <Stack gap="md">
      <Text size="sm">
        <Trans>
          {name} asks who you are in another tab. When that is done, come back to this one: it goes on by itself.
        </Trans>
      </Text>
      {missing && (
        <Alert color="yellow" role="alert" title={t`Not confirmed yet`}>
          <Trans>{name} has not said that it asked you within the last ten minutes.</Trans>
        </Alert>
      )}
      <Button component="a" href={PROVE} target="_blank" rel="noopener" fullWidth>
        <Trans>Continue with {name}</Trans>
      </Button>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onEnd(false)}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          variant="default"
          onClick={() =>
            void check().then(
              (proved) => (proved ? onEnd(true) : setMissing(true)),
              () => setMissing(true),
            )
          }
        >
          <Trans>I have confirmed</Trans>
        </Button>
      </Group>
    </Stack>
  )
}

const isProved = ({ provedUntil }: Session): boolean => provedUntil !== null && Date.parse(provedUntil) > Date.now()

/** It is asked again at the next glance. */
const ignore = () => undefined
