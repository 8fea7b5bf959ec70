import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { KeyRow } from './key-row.tsx'

const nothing = () => undefined
const buttonsOf = (locked: string | null) =>
  renderToStaticMarkup(
    <Spoken>
      <MantineProvider>
        <KeyRow
          pair={{ id: 'AK1', made: null }}
          endsAt={null}
          locked={locked}
          unrotatable={locked}
          onRotate={nothing}
          onRevoke={nothing}
        />
      </MantineProvider>
    </Spoken>,
  ).match(/<button[^>]*aria-label="(Rotate|Revoke) AK1"[^>]*>/g)

test('what cannot be done with a key keeps its place in the order of the tab key, so that everybody can ask why', () => {
  const buttons = buttonsOf('A system user cannot be changed here.')
  expect(buttons).toHaveLength(2)
  for (const button of buttons ?? []) {
    expect(button).toContain('aria-disabled="true"')
    expect(button).not.toMatch(/\sdisabled/)
  }
})
