import './base-styles.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { printWhole } from '../ui/in-turn.ts'
import { keepLanguage } from '../words/language.ts'
import { Spoken } from '../words/spoken.tsx'
import { keepAppearance } from './appearance.ts'
import { firstPicture } from './first-picture.ts'
import { Gate } from './gate.tsx'
import { Kit } from './kit.tsx'
import { refuseEvaluation } from './no-evaluation.ts'
import { printInLight } from './print-in-light.ts'
import { queryClient } from './query-client.ts'
import { refuseMarkup } from './trusted-types.ts'

refuseEvaluation()
refuseMarkup()
printInLight()
printWhole()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root"')

const draw = async (): Promise<void> => {
  await firstPicture(keepLanguage())
  createRoot(root).render(
    <StrictMode>
      <Spoken>
        <Kit>
          <QueryClientProvider client={queryClient}>
            <ErrorBoundary>
              <Gate />
            </ErrorBoundary>
          </QueryClientProvider>
        </Kit>
      </Spoken>
    </StrictMode>,
  )
}

keepAppearance()
// Not waited for at the top: built files import this one, and what loads meanwhile would wait for it in turn.
void draw()
