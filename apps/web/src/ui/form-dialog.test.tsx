import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Spoken } from '../words/spoken.tsx'
import { FormDialog } from './form-dialog.tsx'

vi.mock('./dialog.tsx', () => ({ Dialog: ({ children }: { children: ReactNode }) => <main>{children}</main> }))

const nothing = () => undefined
const submitOf = (pending: boolean, incomplete: boolean) =>
  renderToStaticMarkup(
    <Spoken>
      <MantineProvider>
        <FormDialog
          title="New group"
          label="Make the group"
          incomplete={incomplete}
          pending={pending}
          error={null}
          onSubmit={nothing}
          onClose={nothing}
        >
          Its name
        </FormDialog>
      </MantineProvider>
    </Spoken>,
  ).match(/<button[^>]*type="submit"[^>]*>/)?.[0]

test('the button of a dialog keeps the focus while what it began is under way', () => {
  const submit = submitOf(true, false)
  expect(submit).toContain('aria-busy="true"')
  expect(submit).not.toMatch(/\sdisabled/)
})

test('the button of a dialog is out of reach until enough is filled in', () => {
  expect(submitOf(false, true)).toMatch(/\sdisabled/)
  expect(submitOf(false, false)).not.toMatch(/\sdisabled/)
})
