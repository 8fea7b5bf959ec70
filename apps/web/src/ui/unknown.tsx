import { Trans } from '@lingui/react/macro'

/** In the place of what nobody told; `why` on hover. */
export const Unknown = ({ why }: { why?: string }) => (
  <span className="dimmed" title={why}>
    <Trans>unknown</Trans>
  </span>
)

/** In the place of what could not be found out. */
export const NotKnown = () => (
  <span className="dimmed">
    <Trans>not known</Trans>
  </span>
)
