import { useLingui } from '@lingui/react'
import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, createElement } from 'react'
import { usePreferences } from '../ui/use-preferences.ts'

/**
 * A page whose file is loaded when it is opened. When somebody chooses another language, other units or times it is drawn again, with all
 * that stands on it, and not made anew: what was typed stays.
 */
export const pageOnDemand = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazyRouteComponent(async () => {
    const Page: ComponentType = (await load())[name]
    return {
      default: function DrawnAgain() {
        useLingui()
        usePreferences()
        return createElement(Page)
      },
    }
  })
