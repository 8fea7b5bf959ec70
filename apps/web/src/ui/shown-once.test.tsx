import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { useShownOnce } from './shown-once.ts'

type Blocker = { shouldBlockFn: () => boolean; disabled: boolean; enableBeforeUnload?: boolean }

const blockers = vi.hoisted((): Blocker[] => [])
vi.mock('@tanstack/react-router', () => ({ useBlocker: (blocker: Blocker) => blockers.push(blocker) }))

function Holding({ secret, isStored }: { secret: string | null; isStored?: () => boolean }) {
  useShownOnce(secret !== null, isStored)
  return null
}

const blockerOf = (secret: string | null, isStored?: () => boolean) => {
  renderToStaticMarkup(<Holding secret={secret} {...(isStored && { isStored })} />)
  return blockers.pop()
}

test('a page with a secret that is shown once is not left, and its tab asks before it is closed', () => {
  const blocker = blockerOf('secret')
  expect(blocker?.disabled).toBe(false)
  expect(blocker?.enableBeforeUnload ?? true).toBe(true)
  expect(blocker?.shouldBlockFn()).toBe(true)
})

test('a page without one is left freely, and so is one whose secret is stored', () => {
  expect(blockerOf(null)?.disabled).toBe(true)
  expect(blockerOf('secret', () => true)?.shouldBlockFn()).toBe(false)
})
