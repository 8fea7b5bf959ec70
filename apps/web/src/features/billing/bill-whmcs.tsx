import { Trans, useLingui } from '@lingui/react/macro'
import { NumberInput } from '@mantine/core'
import type { BillDetail } from '@ostor-console/shared/bills'
import { useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { VerbButton } from '../../api/verb-button.tsx'
import { Age } from '../../ui/age.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useSetService } from './billing.queries.ts'

/** Which service at WHMCS the usage belongs to, and what was handed to the queue. */
export function BillWhmcs({ bill, clientId }: { bill: BillDetail; clientId: number }) {
  const { t } = useLingui()
  const save = useSetService(clientId)
  const refusal = useRefusal('billing.manage')
  const [draft, setDraft] = useState<number | string | null>(null)
  const { serviceId, pushed } = bill
  const service = draft ?? serviceId ?? ''
  const wanted = typeof service === 'number' ? service : null
  return (
    <Panel title={t`At WHMCS`} note={t`Average storage and traffic out are set at one service of the client.`}>
      <div className="bill-service">
        <NumberInput
          label={t`Number of the service`}
          size="xs"
          hideControls
          allowDecimal={false}
          allowNegative={false}
          max={2_147_483_647}
          disabled={refusal !== null}
          value={service}
          onChange={setDraft}
        />
        <VerbButton
          verb="billing.manage"
          size="xs"
          variant="default"
          reason={wanted === serviceId ? t`Nothing else was entered` : null}
          busy={save.isPending}
          onClick={() => save.mutate(wanted, { onSuccess: () => setDraft((now) => (now === draft ? null : now)) })}
        >
          <Trans>Save the service</Trans>
        </VerbButton>
      </div>
      {serviceId !== null && wanted !== serviceId && (
        <p className="bill-more">
          <Trans>
            If WHMCS was told usage of service {serviceId}, it is told 0 of it, so that it does not go on charging what
            it was told last.
          </Trans>
        </p>
      )}
      {save.error && <ProblemAlert error={save.error} />}
      {pushed.length > 0 && (
        <ul className="plain-list">
          {pushed.map(({ messageId, kind, at, by }) => (
            <li key={messageId}>
              {kind === 'invoice' ? (
                <Trans>
                  Draft of an invoice, handed to the queue <Age at={at} /> by {by}
                </Trans>
              ) : (
                <Trans>
                  Usage, handed to the queue <Age at={at} /> by {by}
                </Trans>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
