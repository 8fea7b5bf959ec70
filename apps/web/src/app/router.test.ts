import { expect, test, vi } from 'vitest'
import { router } from './router.tsx'

vi.mock('./layout.tsx', () => ({ Layout: () => null }))

const ofOne = Object.values(router.routesByPath).filter(({ fullPath }) => /^\/c\/\$cluster\/.*\$/.test(fullPath))

test.each(ofOne.map(({ fullPath, options }) => ({ fullPath, options })))(
  'what was opened or typed on $fullPath is not there for the next one',
  ({ options: { remountDeps } }) => {
    expect(remountDeps).toBeDefined()
  },
)
