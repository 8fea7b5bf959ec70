import type { ReactNode } from 'react'

/** A name of the API is the same in every language. */
export type Fact = [name: string, value: ReactNode, isOfApi?: boolean]

/** Names and values, one under the other. */
export function Facts({ items }: { items: Record<string, ReactNode> | Fact[] }) {
  const facts: Fact[] = Array.isArray(items) ? items : Object.entries(items)
  return (
    <dl className="facts">
      {facts.map(([name, value, isOfApi = false]) => (
        <div key={name}>
          <dt translate={isOfApi ? 'no' : undefined}>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
