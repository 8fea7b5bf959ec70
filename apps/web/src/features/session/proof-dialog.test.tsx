import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { ProofDialog } from './proof-dialog.tsx'

const dialog = vi.hoisted(() => ({ close: () => {} }))

vi.mock('../../ui/dialog.tsx', () => ({
  Dialog: ({ onClose, children }: { onClose: () => void; children: ReactNode }) => {
    dialog.close = onClose
    return children
  },
}))

test('the password that was typed is forgotten when the dialog is closed', () => {
  const reset = vi.fn<() => void>()
  const onClose = vi.fn<() => void>()
  renderToStaticMarkup(
    <Spoken>
      <MantineProvider>
        <ProofDialog
          title="New recovery codes?"
          confirmLabel="Make new codes"
          change={{ isPending: false, error: null, reset }}
          onConfirm={() => undefined}
          onClose={onClose}
        >
          Ten new codes are shown once.
        </ProofDialog>
      </MantineProvider>
    </Spoken>,
  )
  dialog.close()
  expect(reset).toHaveBeenCalledOnce()
  expect(onClose).toHaveBeenCalledOnce()
})
