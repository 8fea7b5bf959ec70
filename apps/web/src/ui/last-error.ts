import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * Why a query failed last. One without data forgets it whenever it tries again, which it does by itself; what is shown
 * stays until there is an answer.
 */
export function useLastError({ data, error, errorUpdateCount }: UseQueryResult): Error | null {
  const [last, setLast] = useState(error)
  if (error !== null && error !== last) setLast(error)
  const isTryingAgain = data === undefined && errorUpdateCount > 0
  return error ?? (isTryingAgain ? last : null)
}
