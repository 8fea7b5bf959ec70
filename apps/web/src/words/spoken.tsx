import { I18nProvider, useLingui } from '@lingui/react'
import { DirectionProvider, useDirection } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { direction, i18n } from './words.ts'

/** Draws everything anew in another language when one is chosen, and keeps what was typed. */
export const Spoken = ({ children }: { children: ReactNode }) => (
  <I18nProvider i18n={i18n}>
    <DirectionProvider>
      <Turning />
      {children}
    </DirectionProvider>
  </I18nProvider>
)

function Turning() {
  useLingui()
  const { setDirection } = useDirection()
  const now = direction()
  useEffect(() => setDirection(now), [now, setDirection])
  return null
}
