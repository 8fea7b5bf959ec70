import { useNavigate, useSearch } from '@tanstack/react-router'

type Address = Record<string, string | undefined>

/** The plain texts in the address, and a way to change some of them without leaving the page's place in the history. */
export function useAddress(): [Address, (change: Address) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = (change: Address) =>
    void navigate({
      to: '.',
      search: (previous: Address) =>
        Object.fromEntries(Object.entries({ ...previous, ...change }).filter(([, value]) => value !== undefined)),
      replace: true,
      resetScroll: false,
    })
  return [Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)])), set]
}
