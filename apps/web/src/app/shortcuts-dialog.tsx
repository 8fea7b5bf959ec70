import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { setPreferences } from '../format/preferences.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCaps } from '../ui/key-caps.tsx'
import { usePreferences } from '../ui/use-preferences.ts'
import { usePages } from './pages.ts'
import { capsOf, ON_THE_SPOT, SHORTCUTS } from './shortcuts.ts'
import './shortcuts-dialog.css'

/** Lists the shortcuts of whoever is signed in, and switches those of a single key off. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const { pages } = usePages()
  const { shortcuts } = usePreferences()
  const usable = SHORTCUTS.filter((shortcut) => !('to' in shortcut) || pages.some(({ to }) => to === shortcut.to))
  const sections = [
    { name: msg`Anywhere`, rows: usable.filter((shortcut) => !('to' in shortcut)) },
    { name: msg`Go to`, rows: usable.filter((shortcut) => 'to' in shortcut) },
    ...ON_THE_SPOT,
  ]
  return (
    <Dialog title={t`Keyboard shortcuts`} size="lg" onClose={onClose}>
      <div className="shortcuts">
        {sections.map(({ name, rows }) => (
          <section key={name.id} aria-label={t(name)}>
            <h3>{t(name)}</h3>
            <dl>
              {rows.map(({ keys, says }) => (
                <div key={keys}>
                  <dt>{t(says)}</dt>
                  <dd>
                    <KeyCaps keys={capsOf(keys)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="md"
        label={t`Shortcuts of single keys`}
        description={t`Kept in this browser. Switch them off where speech input or a slip of the hand sets them off; those with Ctrl stay.`}
        checked={shortcuts === 'on'}
        onChange={(event) => setPreferences({ shortcuts: event.currentTarget.checked ? 'on' : 'off' })}
      />
    </Dialog>
  )
}
