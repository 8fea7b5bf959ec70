import './base-styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod/v4/core'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { keepLanguage } from '../words/language.ts'
import { Spoken } from '../words/spoken.tsx'
import { keepAppearance } from './appearance.ts'
import { firstPicture } from './first-picture.ts'
import { Gate } from './gate.tsx'
import { styleNonce } from './nonce.ts'
import { printInLight } from './print-in-light.ts'
import { queryClient } from './query-client.ts'
import { colours, theme } from './theme.ts'
import { refuseMarkup } from './trusted-types.ts'

// Without this zod probes `new Function`, which the CSP of the console refuses and reports.
config({ jitless: true })
refuseMarkup()
printInLight()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root"')

const draw = async (): Promise<void> => {
  await Promise.all([keepLanguage(), firstPicture()])
  createRoot(root).render(
    <StrictMode>
      <Spoken>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={colours}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <QueryClientProvider client={queryClient}>
            <ErrorBoundary>
              <Gate />
            </ErrorBoundary>
          </QueryClientProvider>
        </MantineProvider>
      </Spoken>
    </StrictMode>,
  )
}

keepAppearance()
// Not waited for at the top: built files import this one, and what loads meanwhile would wait for it in turn.
void draw()
