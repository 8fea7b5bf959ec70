/** The columns that are not shown, as an address may say them: `hide=id.state`. */
export const hideOf = ({ hide }: Record<string, unknown>): { hide?: string } =>
  typeof hide === 'string' && /^[a-zA-Z]{1,32}(\.[a-zA-Z]{1,32}){0,15}$/.test(hide) ? { hide } : {}

const namesOf = (hide: string | undefined): string[] => (hide === undefined ? [] : hide.split('.'))

type Column = { id: string; wide?: boolean }

/** Those that a list can do without: the ones that a narrow window leaves out too. */
export const shownColumns = <C extends Column>(columns: readonly C[], hide: string | undefined): C[] => {
  const names = namesOf(hide)
  return columns.filter(({ id, wide }) => !wide || !names.includes(id))
}

/** The address with one column more or less in it. */
export const withColumn = (hide: string | undefined, id: string, isShown: boolean): string | undefined => {
  const others = namesOf(hide).filter((each) => each !== id)
  const names = isShown ? others : [...others, id]
  return names.length === 0 ? undefined : names.join('.')
}
