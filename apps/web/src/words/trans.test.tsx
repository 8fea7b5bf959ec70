import { Trans } from '@lingui/react/macro'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Spoken } from './spoken.tsx'

test.each(['<b>Ana</b> & Co', '<0>Ana</0>', '<x/>', 'a < b', '{name}', "it's '{x}'"])(
  'what is put into a text stands there whole: %s',
  (name) => {
    const drawn = renderToStaticMarkup(
      <Spoken>
        <Trans>
          Told <strong>today</strong> by {name}
        </Trans>
      </Spoken>,
    )
    const page = drawn
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&')
    expect(page).toBe(`Told <strong>today</strong> by ${name}`)
  },
)
