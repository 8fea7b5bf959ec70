import type { ReactNode } from 'react'

type Props = { tone: 'good' | 'warn' | 'bad' | 'off'; children: ReactNode }

/** A state in a word with a dot; the word says it all, the colour only helps. */
export const StateDot = ({ tone, children }: Props) => (
  <span className={`state state-${tone}`}>
    <i aria-hidden="true" />
    {children}
  </span>
)
