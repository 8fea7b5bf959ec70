import { Button, Group, Stack } from '@mantine/core'
import type { Person } from '@ostor-console/shared/admins'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useSetLimit } from './admins.queries.ts'
import { LimitChoice, type LimitDraft } from './limit-choice.tsx'

/** Asks which users the role of somebody reaches. */
export function LimitDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [draft, setDraft] = useState<LimitDraft>(person.limitedTo?.map(({ id }) => id) ?? null)
  const change = useSetLimit(person)
  return (
    <Dialog title={`Limit of ${person.email}`} onClose={change.isPending ? undefined : onClose}>
      <Stack gap="md">
        <LimitChoice draft={draft} onChange={setDraft} />
        <p className="dialog-text">
          It holds from their next request on. What is about all users, such as usage of the whole cluster, is out of
          reach for whoever is limited.
        </p>
        {change.error && <ProblemAlert error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={change.isPending}>
            Cancel
          </Button>
          <Button
            loading={change.isPending}
            disabled={draft?.length === 0}
            onClick={() => change.mutate(draft, { onSuccess: onClose })}
          >
            Set the limit
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
