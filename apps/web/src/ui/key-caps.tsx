import './key-caps.css'

/** What the key is called that makes a shortcut of a letter. */
export const MOD = /Mac|iPhone|iPad/.test(window.navigator.userAgent) ? '⌘' : 'Ctrl'

/** Keys as they look on a keyboard, one after the other. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  return (
    <span className="key-caps">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
