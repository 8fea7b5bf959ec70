import { useLingui } from '@lingui/react/macro'
import { MantineProvider } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { styleNonce } from './nonce.ts'
import { colours, theme } from './theme.ts'

/** The component kit in our colours; what it says by itself is said in the language on the page. */
export function Kit({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const spoken = useMemo(() => {
    const visibilityToggleButtonProps = { 'aria-label': t`Toggle password visibility` }
    const PasswordInput = { defaultProps: { visibilityToggleButtonProps } }
    return { ...theme, components: { ...theme.components, PasswordInput } }
  }, [t])
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={colours} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      {children}
    </MantineProvider>
  )
}
