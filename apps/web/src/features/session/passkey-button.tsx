import { Button, type ButtonProps } from '@mantine/core'
import IconFingerprint from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs'
import type { ReactNode } from 'react'

type Props = ButtonProps & { onClick: () => void; children: ReactNode }

export const PasskeyButton = (props: Props) => (
  <Button fullWidth leftSection={<IconFingerprint size={18} aria-hidden="true" />} {...props} />
)
