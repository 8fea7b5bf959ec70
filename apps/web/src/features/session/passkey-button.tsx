import IconFingerprint from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs'
import { ActionButton, type Props } from '../../ui/action-button.tsx'

export const PasskeyButton = (props: Props) => (
  <ActionButton fullWidth leftSection={<IconFingerprint size={18} aria-hidden="true" />} {...props} />
)
