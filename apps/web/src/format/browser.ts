/** "Firefox on Linux", as far as the text that browsers send says so; otherwise that text. */
export const browserOf = (agent: string): string => {
  const name = [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//].findIndex((each) => each.test(agent))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((each) => agent.includes(each))
  if (name < 0) return agent
  return [['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'][name], system].filter(Boolean).join(' on ')
}
