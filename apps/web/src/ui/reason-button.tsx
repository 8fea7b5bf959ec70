import { Tooltip } from '@mantine/core'
import { ActionButton, type Props as ActionButtonProps } from './action-button.tsx'

export type Props = Omit<ActionButtonProps, 'isRefused'> & {
  /** Why it cannot be used, said when it is pointed at or focused; `null` when it can. */
  reason: string | null
}

/** A button that says why it is out of reach; it keeps its place in the order of the tab key, so that everybody can ask. */
export function ReasonButton({ reason, ...button }: Props) {
  return (
    <Tooltip label={reason} disabled={reason === null} maw={320}>
      <ActionButton {...button} isRefused={reason !== null} />
    </Tooltip>
  )
}
