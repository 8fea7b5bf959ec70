/** The path to go to after sign-in: one of our own, whatever the address says. */
export function returnPath(text: string | undefined): string {
  const [path = ''] = text?.split('#', 1) ?? []
  const [pathname = ''] = path.split('?', 1)
  const isOurs = pathname.startsWith('/') && !pathname.includes('//') && !/\/\.\.?(\/|$)/.test(pathname)
  return isOurs && !/[\p{C}\\]/u.test(path) ? path : '/'
}
