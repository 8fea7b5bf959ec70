import { escaped } from './escaped.ts'

/** The page needs nothing. It is not sandboxed, because a page that is may not move on by itself. */
export const MOVING_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Moves on to a page of ours. A redirect would still be part of the way that another site began, and so without the
 * cookie of the session, which is strict.
 */
export const movingPage = (path: string): string => {
  const there = escaped(path)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0;url=${there}">
<title>Signed in</title>
</head>
<body><p>You are signed in. <a href="${there}">Go on</a></p></body>
</html>
`
}
