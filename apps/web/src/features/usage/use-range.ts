import { useNavigate, useSearch } from '@tanstack/react-router'
import { choiceOf, type RangeChoice, type RangeName, rangeSearch, withRange } from '../../format/ranges.ts'

/** The range in the address, and a way to put another one there. */
export function useRange(otherwise: RangeName = '7d'): [RangeChoice, (choice: RangeChoice) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const choose = (choice: RangeChoice) =>
    void navigate({ to: '.', search: (previous) => withRange(previous, choice), resetScroll: false })
  return [choiceOf(rangeSearch(search), otherwise), choose]
}
