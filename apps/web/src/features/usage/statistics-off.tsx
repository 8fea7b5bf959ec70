import { Alert } from '@mantine/core'
import { CopyText } from '../../ui/copy-text.tsx'
import './usage.css'

/** The exact lines that switch statistics on, and what doing so costs. */
export const StatisticsOff = () => (
  <Alert className="usage-notice" title="The gateway collects no usage statistics">
    <p className="usage-step">
      It lists no statistics objects, so they are probably switched off. Everything but usage works. To switch them on,
      on each S3 node:
    </p>
    <ol className="usage-steps">
      <li>
        Add this line to <code>/var/lib/ostor/local/gw.conf</code>:
        <span className="usage-line">
          <CopyText text="S3_GW_COLLECT_STAT=1" label="setting" />
        </span>
      </li>
      <li>
        Restart the agent:
        <span className="usage-line">
          <CopyText text="systemctl restart ostor-agentd.service" label="command" />
        </span>
        The restart interrupts S3 on that node: do one node after the other, at a quiet time.
      </li>
    </ol>
    <p className="usage-step">Figures appear here by themselves. What happened before cannot be counted afterwards.</p>
  </Alert>
)
