import { Plural } from '@lingui/react/macro'

/** Under the first few that match: that there are others, which are not shown. */
export const MoreMatches = ({ count }: { count: number }) =>
  count > 0 && (
    <p className="dimmed">
      <Plural value={count} one="and # other: search more closely" other="and # others: search more closely" />
    </p>
  )
