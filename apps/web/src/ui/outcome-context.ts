import { createContext, type ReactNode } from 'react'

/** What a page says of an operation whose answer was lost; `null` where nothing can be asked. */
export const OutcomeContext = createContext<((operationId: string) => ReactNode) | null>(null)
