import { expect, test } from 'vitest'
import { theme } from './theme.ts'

test.each(['Menu', 'Tooltip'])('what a %s opens lies inside a landmark of the page', (name) => {
  expect(theme.components?.[name]?.defaultProps).toHaveProperty('portalProps.target', '#menus')
})
