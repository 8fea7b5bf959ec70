export const USER_TABS = ['overview', 'keys', 'limits', 'buckets', 'usage', 'audit'] as const
export type UserTab = (typeof USER_TABS)[number]

/** The tab of the user page; all else belongs to the panel inside and stays text. */
export function userSearch(search: Record<string, unknown>): { tab?: UserTab } & Record<string, string | undefined> {
  const { tab, ...others } = search
  const known = USER_TABS.find((each) => each === tab)
  const rest = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]))
  return { ...rest, ...(known && known !== 'overview' && { tab: known }) }
}
