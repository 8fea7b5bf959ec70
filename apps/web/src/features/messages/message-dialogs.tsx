import { Trans, useLingui } from '@lingui/react/macro'
import { Textarea } from '@mantine/core'
import type { Message } from '@ostor-console/shared/messages'
import { type ReactNode, useState } from 'react'
import { KIND_WORDS } from '../../api/message-kinds.ts'
import { Choices } from '../../ui/choices.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { AGAIN, textOf } from './message-words.ts'
import { type Decision, useDecide } from './messages.queries.ts'

type Props = { message: Message; onClose: () => void }

/** Says what WHMCS will then not know, before a message is dropped. */
export function CancelMessage({ message, onClose }: Props) {
  const { t } = useLingui()
  return (
    <Deciding
      title={t`Do not tell WHMCS this?`}
      label={t`Cancel the message`}
      message={message}
      decisionOf={(reason) => ({ to: 'cancel', reason })}
      onClose={onClose}
    >
      <p>
        <Trans>
          WHMCS is not told any more; what an earlier try left there stays. Nothing changes at the gateway, and nothing
          brings the message back.
        </Trans>
      </p>
    </Deciding>
  )
}

/** Only a person can look at WHMCS whether it arrived; both answers say what follows from them. */
export function SettleMessage({ message, onClose }: Props) {
  const { t } = useLingui()
  const { marker } = message
  const [answer, setAnswer] = useState<'yes' | 'no' | null>(null)
  return (
    <Deciding
      title={t`Had it arrived?`}
      label={answer === 'no' ? t`Send it again` : t`Settle it`}
      message={message}
      incomplete={answer === null}
      decisionOf={(reason) => ({ to: 'settle', reason, hasArrived: answer === 'yes' })}
      onClose={onClose}
    >
      <p>
        {marker ? (
          <Trans>
            The answer of WHMCS was lost, so it may have been done or not. Look at the client there for{' '}
            <code className="message-marker">{marker}</code>, then say what you saw.
          </Trans>
        ) : (
          <Trans>
            The answer of WHMCS was lost, so it may have been done or not. Look at the client there, then say what you
            saw.
          </Trans>
        )}
      </p>
      <Choices
        label={t`Had it arrived?`}
        value={answer}
        onChange={setAnswer}
        choices={[
          {
            value: 'yes',
            label: t`Yes, it stands at WHMCS`,
            description: t`It counts as delivered and is not sent again. If it does not stand there, WHMCS never learns of it.`,
          },
          {
            value: 'no',
            label: t`No, it is not there`,
            description: t(AGAIN[message.kind]),
          },
        ]}
      />
    </Deciding>
  )
}

type DecidingProps = Props & {
  title: string
  label: string
  incomplete?: boolean
  decisionOf: (reason: string) => Decision
  children: ReactNode
}

function Deciding({ title, label, message, incomplete = false, decisionOf, children, onClose }: DecidingProps) {
  const { t } = useLingui()
  const { clientId } = message
  const kind = t(KIND_WORDS[message.kind])
  const decide = useDecide(message.id)
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={title}
      label={label}
      cancelLabel={t`Leave it`}
      incomplete={incomplete || reason.trim() === ''}
      pending={decide.isPending}
      error={decide.error}
      onSubmit={() => decide.mutate(decisionOf(reason.trim()), { onSuccess: onClose })}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <div className="dialog-text">
        <p>
          <Trans>
            <strong>{kind}</strong> of client {clientId}
          </Trans>
        </p>
        <p className="message-text">
          <ForeignText text={textOf(message)} cap={600} />
        </p>
        {children}
      </div>
      <Textarea
        label={t`Why`}
        description={t`It stands in the queue and in the audit.`}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </FormDialog>
  )
}
