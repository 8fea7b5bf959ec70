declare global {
  interface Window {
    /** Absent where the browser knows no Trusted Types. */
    trustedTypes?: {
      createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown
    }
  }
}

/**
 * The page lets no text become markup or script: `innerHTML` and its like throw (`require-trusted-types-for`). What the
 * style sheets of Mantine write that way is no markup, and is all that passes.
 */
export const refuseMarkup = (): void => {
  window.trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
}
