import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import type { User } from '@ostor-console/shared/users'
import { Link } from '@tanstack/react-router'
import { formatInstant } from '../../format/dates.ts'
import { ForeignText } from '../../ui/foreign-text.tsx'

type Props = { cluster: string; user: User; dueAt: string; onClose: () => void }

/** Said in the list, which shows nothing of a deletion that waits. */
export function ScheduledDeletion({ cluster, user: { id, email }, dueAt, onClose }: Props) {
  const { t } = useLingui()
  const date = formatInstant(dueAt)
  return (
    <Alert withCloseButton closeButtonLabel={t`Close`} onClose={onClose}>
      <Trans>
        <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId: id }} search={{}}>
          <ForeignText text={email || id} cap={120} />
        </Link>{' '}
        will be deleted on {date}. Until then it can be stopped on its page.
      </Trans>
    </Alert>
  )
}
