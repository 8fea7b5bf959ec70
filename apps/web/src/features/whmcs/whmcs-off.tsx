import { Trans, useLingui } from '@lingui/react/macro'
import IconPlugConnectedX from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs'
import { EmptyState } from '../../ui/empty-state.tsx'

/** In place of a page about WHMCS while there is none. */
export function WhmcsOff() {
  const { t } = useLingui()
  return (
    <section className="list" aria-label={t`WHMCS`}>
      <EmptyState icon={<IconPlugConnectedX size={22} />} title={t`WHMCS is not set up`}>
        <Trans>
          The console works without it. To have clients here and WHMCS told of their keys, set WHMCS_MODE and what goes
          with it, and restart the console: docs/whmcs.md says how.
        </Trans>
      </EmptyState>
    </section>
  )
}
