import { Trans } from '@lingui/react/macro'
import { Text } from '@mantine/core'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useRefusal } from '../../api/role.ts'
import { useLastError } from '../../ui/last-error.ts'
import { problemOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { operationQuery } from './audit.queries.ts'

/** Asks the console what became of a write whose answer was lost, until that is known. */
export function WhatBecame({ operationId }: { operationId: string }) {
  const { cluster = '' } = useParams({ strict: false })
  const refusal = useRefusal('operation.see')
  const operation = useQuery({ ...operationQuery(cluster, operationId), enabled: cluster !== '' && refusal === null })
  const error = useLastError(operation)
  const isUnheardOf = problemOf(error).type === '/problems/operation-not-found'
  return (
    <Text size="sm" component="output">
      {operation.data ? (
        <Became entry={operation.data} />
      ) : isUnheardOf ? (
        <Trans>The audit does not have it so far. Read the page again to see whether it was done.</Trans>
      ) : refusal !== null ? (
        <Trans>What became of it stands in the audit, which is not for your role. Read the page again to see it.</Trans>
      ) : (
        <Trans>Asking the console what became of it…</Trans>
      )}
    </Text>
  )
}

function Became({ entry: { action, outcome, detail } }: { entry: AuditEntry }) {
  const why = detail && <ServerSentence text={detail} cap={200} />
  if (outcome === 'done')
    return (
      <>
        <strong>
          <Trans>It was done.</Trans>
        </strong>{' '}
        {HOLDS_SECRET.includes(action) && (
          <Trans>
            The secret of the new key was in the answer that was lost, and is nowhere else: revoke that key and generate
            another.
          </Trans>
        )}{' '}
        {why}{' '}
        {detail?.startsWith(ROTATION) && (
          <Trans>
            The old key is still to be revoked at its date: stop that first, then revoke the new key and rotate once
            more.
          </Trans>
        )}
      </>
    )
  if (outcome === 'refused' || outcome === 'not-done')
    return (
      <>
        <strong>
          <Trans>It was not done.</Trans>
        </strong>{' '}
        {why}
      </>
    )
  return (
    <>
      <Trans>It is being found out from the gateway; this takes up to a minute.</Trans> {why}
    </>
  )
}

const HOLDS_SECRET: AuditEntry['action'][] = ['key.create', 'user.create', 'account.create', 'account-key.create']

/** How the console begins what it says of a key that takes the place of another one. */
const ROTATION = 'It takes the place of'
