import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import { CopyText } from '../../ui/copy-text.tsx'
import './usage.css'

/** The exact lines that switch statistics on, and what doing so costs. */
export function StatisticsOff() {
  const { t } = useLingui()
  return (
    <Alert className="usage-notice" title={t`The gateway collects no usage statistics`}>
      <p className="usage-step">
        <Trans>
          It lists no statistics objects, so they are probably switched off. Everything but usage works. To switch them
          on, on each S3 node:
        </Trans>
      </p>
      <ol className="usage-steps">
        <li>
          <Trans>
            Add this line to <code>/var/lib/ostor/local/gw.conf</code>:
          </Trans>
          <span className="usage-line">
            <CopyText text="S3_GW_COLLECT_STAT=1" label={t`setting`} />
          </span>
        </li>
        <li>
          <Trans>Restart the agent:</Trans>
          <span className="usage-line">
            <CopyText text="systemctl restart ostor-agentd.service" label={t`command`} />
          </span>
          <Trans>The restart interrupts S3 on that node: do one node after the other, at a quiet time.</Trans>
        </li>
      </ol>
      <p className="usage-step">
        <Trans>Figures appear here by themselves. What happened before cannot be counted afterwards.</Trans>
      </p>
    </Alert>
  )
}
