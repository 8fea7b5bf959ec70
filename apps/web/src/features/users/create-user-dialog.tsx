import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { problemOf, titleOf } from '../../ui/problem-alert.tsx'
import { SecretReveal } from '../../ui/secret-reveal.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { refusedBecause } from './email-refusal.ts'
import { useCreateUser } from './users.queries.ts'

type Props = {
  cluster: string
  /** What stands in the field at first. */
  email?: string
  /** The client of WHMCS that the user will belong to, and what is said beside the secret. */
  client?: { id: number; told: ReactNode }
  onClose: () => void
  onCreated: (userId: string) => void
}

export default function CreateUserDialog({ cluster, email: proposed = '', client, onClose, onCreated }: Props) {
  const { t } = useLingui()
  const create = useCreateUser(cluster)
  const [email, setEmail] = useState(proposed)
  const [error, setError] = useState<ReactNode>(null)
  const stored = useRef(false)
  useShownOnce(create.isPending || Boolean(create.data?.key), () => stored.current)

  const submit = () => {
    const refusal = refusedBecause(email)
    setError(refusal)
    if (refusal === null)
      create.mutate(
        { email, ...(client && { clientId: client.id }) },
        { onError: (failure) => setError(emailError(failure)) },
      )
  }

  if (create.data?.key) {
    const { user, key } = create.data
    const done = () => {
      stored.current = true
      create.reset()
      onCreated(user.id)
    }
    return (
      <SecretReveal
        title={t`The user is created`}
        items={[
          { name: 'email', label: t`E-mail`, value: user.email },
          { name: 'userId', label: t`User ID`, value: user.id },
          { name: 'accessKeyId', label: t`Access key ID`, value: key.id },
          { name: 'secretAccessKey', label: t`Secret access key`, value: key.secret },
        ]}
        fileName={`ostor-key-${key.id}`}
        note={client?.told}
        onStored={done}
      />
    )
  }

  if (create.data) {
    const { user } = create.data
    return (
      <Dialog title={t`The user is created`} onClose={onClose}>
        <NoKey onClose={() => onCreated(user.id)} />
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={t`New user`}
      label={t`Create user`}
      pending={create.isPending}
      error={create.error && emailError(create.error) === null ? create.error : null}
      onSubmit={submit}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        <Trans>The gateway makes the user and a first access key. Its secret is shown once, right after this.</Trans>
      </Text>
      <TextInput
        label={t`E-mail`}
        description={t`It names the user and cannot be changed later.`}
        type="email"
        autoComplete="off"
        data-autofocus
        value={email}
        error={error}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
          setError(null)
        }}
      />
    </FormDialog>
  )
}

/** What the server says about the e-mail belongs at its field. */
const emailError = (failure: Error): ReactNode => {
  const problem = problemOf(failure)
  const { type, detail, errors = [] } = problem
  if (type.startsWith('/problems/email-'))
    return detail ? (
      <Trans>
        {titleOf(problem)}. <ServerSentence text={`${detail}.`} />
      </Trans>
    ) : (
      titleOf(problem)
    )
  const said = errors.find(({ pointer }) => pointer === '/body/email')?.detail
  return said === undefined ? null : <ServerSentence text={said} />
}

const NoKey = ({ onClose }: { onClose: () => void }) => (
  <Stack gap="md">
    <Text size="sm">
      <Trans>The gateway made the user without a key. Generate one on the page of the user, under Keys.</Trans>
    </Text>
    <Group justify="flex-end">
      <Button onClick={onClose}>
        <Trans>Open the user</Trans>
      </Button>
    </Group>
  </Stack>
)
