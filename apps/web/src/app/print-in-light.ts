const SCHEME = 'data-mantine-color-scheme'

/** Paper is white, whatever the theme: browsers print text in its colour and leave the background out. */
export const printInLight = (): void => {
  const root = document.documentElement
  let chosen: string | null = null
  globalThis.addEventListener('beforeprint', () => {
    chosen = root.getAttribute(SCHEME)
    root.setAttribute(SCHEME, 'light')
  })
  globalThis.addEventListener('afterprint', () => {
    if (chosen !== null) root.setAttribute(SCHEME, chosen)
  })
}
