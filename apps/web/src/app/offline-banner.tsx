import { Trans } from '@lingui/react/macro'
import IconWifiOff from '@tabler/icons-react/dist/esm/icons/IconWifiOff.mjs'
import { NoticeLine } from '../ui/notice-line.tsx'
import { useOnline } from '../ui/use-online.ts'

/** That the browser has no network: what was read stays, and goes on by itself. */
export const OfflineBanner = () => (
  <output className="offline">
    {!useOnline() && (
      <NoticeLine>
        <IconWifiOff size={16} aria-hidden="true" />
        <span>
          <Trans>
            <strong>You are offline.</strong> What you see was read before and stays. Nothing can be changed until the
            network is back; then all is read again by itself.
          </Trans>
        </span>
      </NoticeLine>
    )}
  </output>
)
