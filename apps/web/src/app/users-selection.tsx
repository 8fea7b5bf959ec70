import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { BulkChoice } from '@ostor-console/shared/bulk'
import type { ListedUser, User } from '@ostor-console/shared/users'
import { useEffect, useEffectEvent, useState } from 'react'
import { MOST_IN_ADDRESS, readTicked, writeTicked } from '../address/ticked.ts'
import { VerbButton } from '../api/verb-button.tsx'
import type { UsersAddress } from '../features/users/users.search.ts'
import { formatCount } from '../format/counts.ts'
import type { Column } from '../ui/data-table.tsx'
import { focusHeading } from '../ui/focus.ts'
import { shorten } from '../ui/foreign-text.tsx'
import { Tick } from '../ui/tick.tsx'
import './users-selection.css'

const NOBODY: ReadonlySet<string> = new Set()

/** `all` is the filter that was in force when all were taken. */
type Taken = { ids: ReadonlySet<string>; all: string | null }

export type Selection = ReturnType<typeof useSelection>

/**
 * Whom an admin has ticked: users one by one, over all pages, or all that a filter matches as long as it stays. It stands
 * in the address as far as it fits; `tell` writes it there.
 */
export function useSelection(
  { search, state, ids: only, ticked }: UsersAddress,
  tell: (ticked: string | undefined) => void,
) {
  const filter = JSON.stringify([search, state, only])
  const [taken, setTaken] = useState((): Taken => {
    const first = readTicked(ticked)
    if (first !== 'all') return { ids: new Set(first), all: null }
    // All that match are more than those that are shown.
    return { ids: NOBODY, all: only === undefined ? filter : null }
  })
  const { ids } = taken
  const isAll = taken.all === filter
  const wanted = writeTicked(isAll ? 'all' : [...ids])
  const tellOf = useEffectEvent(tell)
  useEffect(() => {
    if (wanted !== ticked) tellOf(wanted)
  }, [wanted, ticked])
  const choice: BulkChoice = isAll
    ? { by: 'filter', ...(search && { search }), ...(state && { state }) }
    : { by: 'ids', ids: [...ids] }
  return {
    isAll,
    /** Who is ticked one by one, as the address says it; not more than it holds. */
    ids: isAll ? undefined : writeTicked([...ids]),
    count: ids.size,
    choice,
    clear: () => setTaken({ ids: NOBODY, all: null }),
    has: (id: string) => isAll || ids.has(id),
    takeAll: () => setTaken({ ids, all: filter }),
    /** Ticks or unticks some, of all that were ticked before. */
    set: (changed: readonly string[], isOn: boolean, shown: readonly string[]) => {
      const next = new Set(isAll ? shown : ids)
      for (const id of changed) {
        if (isOn) next.add(id)
        else next.delete(id)
      }
      setTaken({ ids: next, all: null })
    },
  }
}

/** A box before each user, and one above them for the page. */
export const selectionColumn = (selection: Selection, rows: readonly User[]): Column<ListedUser> => {
  const shown = rows.map(({ id }) => id)
  const ticked = shown.filter(selection.has).length
  return {
    id: 'selection',
    header: t`Selection`,
    width: '44px',
    head: (
      <Tick
        label={t`Select all on this page`}
        checked={ticked > 0 && ticked === shown.length}
        some={ticked > 0 && ticked < shown.length}
        onChange={(isOn) => selection.set(shown, isOn, shown)}
      />
    ),
    cell: ({ id, email }) => (
      <Tick
        label={t`Select ${shorten(email || id, 80)}`}
        checked={selection.has(id)}
        onChange={(isOn) => selection.set([id], isOn, shown)}
      />
    ),
  }
}

type BarProps = {
  selection: Selection
  matching: number
  /** The ids of those that alone are shown, if so. */
  only: string | undefined
  onOnly: (ids: string) => void
  onPlan: () => void
  onGroup: () => void
}

/** For a button that goes with what it does. */
const andLeave = (change: () => void) => () => {
  change()
  focusHeading()
}

/** What can be done with those who are ticked. */
export function SelectionBar({ selection, matching, only, onOnly, onPlan, onGroup }: BarProps) {
  const { t } = useLingui()
  const { isAll, ids, count } = selection
  if (!isAll && count === 0) return null
  return (
    <section className="selection" aria-label={t`Selection`}>
      <output>{wordsOf(selection, matching)}</output>
      {!isAll && count > MOST_IN_ADDRESS && (
        <span className="dimmed">
          <Trans>More than {MOST_IN_ADDRESS} do not stand in the address: a copied link leaves them out.</Trans>
        </span>
      )}
      {ids !== undefined && ids !== only && (
        <Button size="compact-sm" variant="default" onClick={() => onOnly(ids)}>
          <Trans>Show only these</Trans>
        </Button>
      )}
      {!isAll && only === undefined && count < matching && (
        <Button size="compact-sm" variant="default" onClick={andLeave(selection.takeAll)}>
          <Trans>Select all {formatCount(matching)} that match</Trans>
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={andLeave(selection.clear)}>
        <Trans>Clear</Trans>
      </Button>
      <VerbButton
        verb="group.manage"
        reason={isAll ? t`Tick users, or give the group a domain: a filter is not kept` : null}
        size="compact-sm"
        variant="default"
        onClick={onGroup}
      >
        <Trans>Add to a group…</Trans>
      </VerbButton>
      <VerbButton verb="bulk.run" size="compact-sm" className="selection-plan" onClick={onPlan}>
        <Trans>Plan a change…</Trans>
      </VerbButton>
    </section>
  )
}

export const wordsOf = ({ isAll, count }: Pick<Selection, 'isAll' | 'count'>, matching: number): string =>
  isAll
    ? plural(matching, { one: 'All # user that match', other: 'All # users that match' })
    : plural(count, { one: '# user selected', other: '# users selected' })
