import type { ReactNode } from 'react'

type Items = Record<string, ReactNode> | [name: string, value: ReactNode][]

/** Names and values, one under the other. */
export function Facts({ items }: { items: Items }) {
  return (
    <dl className="facts">
      {(Array.isArray(items) ? items : Object.entries(items)).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
