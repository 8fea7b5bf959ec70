import { t } from '@lingui/core/macro'

/** "Firefox on Linux", as far as the text that browsers send says so; otherwise that text. */
export const browserOf = (agent: string): string => {
  const at = [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//].findIndex((each) => each.test(agent))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((each) => agent.includes(each))
  const browser = ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'][at]
  if (browser === undefined) return agent
  return system === undefined ? browser : t`${browser} on ${system}`
}
