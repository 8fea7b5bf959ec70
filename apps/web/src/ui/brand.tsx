/** The mark and the name. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--brand-mark)" />
        <circle cx="16" cy="16" r="8" fill="none" stroke="var(--on-brand)" strokeWidth="3.5" />
        <path d="M8.5 16h15" stroke="var(--on-brand)" strokeWidth="3" />
      </svg>
      Ostor Console
    </span>
  )
}
