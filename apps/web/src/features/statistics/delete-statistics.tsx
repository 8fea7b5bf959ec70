import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CopyText } from '../../ui/copy-text.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useDeleteStatistics } from './statistics.queries.ts'

type Props = { cluster: string; name: string; onClose: () => void; onDeleted: () => void }

export function DeleteStatistics({ cluster, name, onClose, onDeleted }: Props) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const remove = useDeleteStatistics(cluster, name)
  const matches = typed.trim() === name

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (matches) remove.mutate(name, { onSuccess: onDeleted })
  }
  return (
    <Modal opened onClose={onClose} title="Delete this statistics object at the gateway?" size="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          <div>
            The gateway forgets it, and it cannot be brought back there. Its figures are stored in the console and stay
            in all charts.
          </div>
          <CopyText text={name} label="object name" cap={128} />
          <TextInput
            label="Type the name of the object"
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={tried && !matches && 'This is not the name above'}
          />
          {remove.error && <ProblemAlert error={remove.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" color="red" disabled={!matches} loading={remove.isPending}>
              Delete at the gateway
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
