/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an option tag holds text only, and a select opens on its own */
import { useLingui } from '@lingui/react/macro'
import { KeyCaps } from '../ui/key-caps.tsx'
import type { Entry, EntryGroup } from './palette-entry.ts'
import { capsOf } from './shortcuts.ts'

type Props = {
  id: string
  groups: EntryGroup[]
  /** The key of the entry that Enter takes. */
  active: string | undefined
  idOf: (key: string) => string
  onTake: (entry: Entry) => void
}

export function PaletteList({ id, groups, active, idOf, onTake }: Props) {
  const { t } = useLingui()
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the field has the focus and says which one is active
    <div id={id} role="listbox" aria-label={t`Found`} className="palette-list">
      {groups.map(({ name, entries }) => (
        <div key={name} role="group" aria-labelledby={idOf(`group ${name}`)}>
          <div id={idOf(`group ${name}`)} className="palette-group">
            {name}
          </div>
          {entries.map((entry) => (
            <Choice
              key={entry.key}
              id={idOf(entry.key)}
              entry={entry}
              isActive={entry.key === active}
              onTake={() => onTake(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

function Choice({ id, entry, isActive, onTake }: { id: string; entry: Entry; isActive: boolean; onTake: () => void }) {
  const { label, note, Icon, refusal = null, keys } = entry
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- as above
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      aria-disabled={refusal !== null}
      className="palette-choice"
      // The focus is to stay in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className="palette-label">{label}</span>
      {note && <span className="palette-note">{note}</span>}
      {keys && <KeyCaps keys={capsOf(keys)} />}
    </div>
  )
}
