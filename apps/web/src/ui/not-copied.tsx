import { Trans } from '@lingui/react/macro'

/** A browser copies only for a page that it trusts and that is in front. */
export const NotCopied = () => (
  <span role="alert" className="button-failed">
    <Trans>Not copied: select it and copy by hand</Trans>
  </span>
)
