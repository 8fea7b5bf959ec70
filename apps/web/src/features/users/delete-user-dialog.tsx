import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack } from '@mantine/core'
import { confirmationOf } from '@ostor-console/shared/confirmation'
import type { User } from '@ostor-console/shared/users'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DueField, useDue } from '../../ui/due-field.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { problemOf } from '../../ui/problem-alert.tsx'
import { useDeleteUser, usersQuery, useScheduleDeletion } from './users.queries.ts'

/** What the page that opened it is told. */
export type Ends = { onDeleted?: () => void; onScheduled?: (dueAt: string) => void }
type Props = { cluster: string; user: User; onClose: () => void } & Ends

/** Asks for the e-mail; when buckets stand in the way it names them instead. */
export function DeleteUserDialog({ cluster, user, onClose, onDeleted, onScheduled }: Props) {
  const { t } = useLingui()
  const remove = useDeleteUser(cluster, user.id)
  const schedule = useScheduleDeletion(cluster, user.id)
  const when = useDue({ delay: 'day' })
  const confirmation = confirmationOf(user)
  const list = useQuery({ ...usersQuery(cluster, {}), enabled: false })
  const error = when.isNow ? remove.error : schedule.error
  const { type, buckets } = problemOf(error)
  if (type === '/problems/user-has-buckets') {
    return <Forbidden cluster={cluster} user={user} buckets={buckets ?? []} onClose={onClose} />
  }
  const confirm = (dueAt: string | null) => {
    if (dueAt === null)
      remove.mutate(confirmation, {
        onSuccess: () => {
          onClose()
          onDeleted?.()
        },
      })
    else
      schedule.mutate(
        { confirmEmail: confirmation, dueAt },
        {
          onSuccess: () => {
            onClose()
            onScheduled?.(dueAt)
          },
        },
      )
  }
  return (
    <ConfirmDialog
      title={t`Delete this user?`}
      confirmLabel={when.isNow ? t`Delete user` : t`Schedule deletion`}
      danger
      typed={{ label: <TypeThis text={confirmation} />, text: confirmation }}
      pending={remove.isPending || schedule.isPending}
      error={error}
      onConfirm={() => when.confirm(confirm)}
      onReadAgain={() => void list.refetch().then(onClose)}
      onClose={onClose}
    >
      <p>
        <Trans>
          The user and all of its keys are removed from the gateway. <strong>Once done, this cannot be undone;</strong>{' '}
          until its date it can be stopped, and the user works on. A user who owns buckets is not deleted.
        </Trans>
      </p>
      <DueField label={t`When`} canBeNow {...when.field} />
    </ConfirmDialog>
  )
}

const TypeThis = ({ text }: { text: string }) => (
  <Trans>
    Type <ForeignText text={text} cap={300} mono /> to confirm
  </Trans>
)

/** The server names no more. */
const MOST_NAMED = 100

type ForbiddenProps = { cluster: string; user: User; buckets: string[]; onClose: () => void }

function Forbidden({ cluster, user, buckets, onClose }: ForbiddenProps) {
  const { t } = useLingui()
  const hidden = buckets.length < MOST_NAMED ? 0 : Math.max(0, (user.bucketCount ?? 0) - buckets.length)
  const count = buckets.length + hidden
  return (
    <Dialog onClose={onClose} title={t`This user cannot be deleted yet`}>
      <Stack gap="md">
        <div className="dialog-text" role="alert">
          <p>
            <Trans>
              <ForeignText text={user.email} /> still owns <Plural value={count} one="# bucket" other="# buckets" />.
              Nothing was changed. Empty and delete these first:
            </Trans>
          </p>
        </div>
        <ul className="blockers">
          {buckets.map((bucket) => (
            <li key={bucket}>
              <Link className="link" to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket }}>
                <ForeignText text={bucket} cap={80} />
              </Link>
            </li>
          ))}
          {hidden > 0 && (
            <li className="dimmed">
              <Plural value={hidden} one="and # other" other="and # others" />
            </li>
          )}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
