import type { ReactNode } from 'react'
import './notice-line.css'

/** One thing to know about the page, with what can be done about it. */
export const NoticeLine = ({ children }: { children: ReactNode }) => <div className="notice-line">{children}</div>
