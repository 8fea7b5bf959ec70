import { Trans as LinguiTrans, type TransProps } from '@lingui/react'

/**
 * A text whose elements are put in by their tags. What is put in as plain text may have such tags of its own, as the name
 * of a client may: it goes in as an element, so that nothing of it is taken for one.
 */
export const Trans = ({ values, ...props }: TransProps) => (
  <LinguiTrans {...props} {...(values && { values: asTheyAre(values) })} />
)

const asTheyAre = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value.includes('<') ? <>{value}</> : value,
    ]),
  )
