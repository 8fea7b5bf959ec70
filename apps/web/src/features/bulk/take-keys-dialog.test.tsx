import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { TakeKeysDialog } from './take-keys-dialog.tsx'

vi.mock('@tanstack/react-router', () => ({ useBlocker: () => undefined }))
vi.mock('../../ui/dialog.tsx', () => ({ Dialog: ({ children }: { children: ReactNode }) => <main>{children}</main> }))
vi.mock('./bulk.queries.ts', () => ({ useTakeKeys: () => ({ isPending: true, error: null, data: undefined }) }))

test('the button that takes the keys keeps the focus while they are on their way', () => {
  const drawn = renderToStaticMarkup(
    <Spoken>
      <MantineProvider>
        <TakeKeysDialog cluster="default" run={{ id: 'run', keysWaiting: 2 }} onClose={() => undefined} />
      </MantineProvider>
    </Spoken>,
  )
  const take = drawn.match(/<button[^>]*>/g)?.at(-1)
  expect(take).toContain('aria-busy="true"')
  expect(take).not.toMatch(/\sdisabled/)
})
