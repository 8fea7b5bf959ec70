/** The path to go to after sign-in: one of our own, whatever the address says. */
export function returnPath(text: string | undefined): string {
  if (!text?.startsWith('/') || /^\/[/\\]|[\p{Cc}\\]/u.test(text)) return '/'
  const { origin, pathname, search } = new URL(text, 'http://own.invalid')
  return origin === 'http://own.invalid' && !pathname.startsWith('//') ? pathname + search : '/'
}
