import { Trans } from '@lingui/react/macro'
import { FormDialog, type Props } from './form-dialog.tsx'
import { Unsaved } from './unsaved.tsx'

/** A form in which much is typed. While it holds something, Escape does not close it, and leaving the page asks first. */
export const DraftDialog = ({ holdsDraft, ...form }: Props & { holdsDraft: boolean }) => (
  <>
    {holdsDraft && (
      <Unsaved>
        <Trans>What you typed is not saved yet.</Trans>
      </Unsaved>
    )}
    <FormDialog {...form} holdsDraft={holdsDraft} />
  </>
)
