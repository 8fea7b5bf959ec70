import { createHash } from 'node:crypto'
import { escaped } from './escaped.ts'

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f6f7f9,#141517);color:light-dark(#1a1b1e,#e9ecef)}
main{box-sizing:border-box;width:min(30rem,100%);padding:2rem 1.5rem}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .5rem}
p{margin:0 0 1.25rem}
button,a{font:inherit;font-weight:600}
button{min-height:2.75rem;padding:0 1.1rem;border:0;border-radius:.5rem;background:#1864ab;color:#fff;cursor:pointer}
a{padding:.6rem 0;color:light-dark(#1864ab,#74c0fc)}
nav{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem}
:focus-visible{outline:2px solid light-dark(#1864ab,#74c0fc);outline-offset:2px}`

const GO_ON = `document.querySelector('form').submit()`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing runs and nothing is drawn but what stands above, whatever a name holds. */
export const TICKET_POLICY = `default-src 'none'; script-src ${hashOf(GO_ON)}; style-src ${hashOf(STYLE)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

type Part = { title: string; text: string; form?: { ticket: string; button: string; replace?: true }; link?: Link }
type Link = { href: string; text: string }

/** Sends the ticket once more, now from a page of ours, so that the browser sends the cookie of a session along. */
export const goOnPage = (action: string, ticket: string): string =>
  page(action, { title: 'Opening the storage console', text: '', form: { ticket, button: 'Go on' } }, GO_ON)

/** Asks before whoever is signed in here is signed out by somebody else's ticket. */
export const replacePage = (action: string, ticket: string, { from, to }: { from: string; to: string }): string =>
  page(action, {
    title: `Go on as ${to}?`,
    text: `${from} is signed in here. WHMCS opens the console as ${to}, which signs ${from} out in this browser. The ticket of WHMCS holds for a minute.`,
    form: { ticket, button: `Sign in as ${to}`, replace: true },
    link: { href: '/', text: `Stay ${from}` },
  })

/** Why nobody was signed in, and what helps. */
export const refusedPage = (text: string, link: Link): string =>
  page('', { title: 'WHMCS could not sign you in', text, link })

const page = (action: string, { title, text, form, link }: Part, script = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${escaped(title)}</h1>${text && `<p>${escaped(text)}</p>`}<nav>${form ? formOf(action, form) : ''}${link ? `<a href="${escaped(link.href)}">${escaped(link.text)}</a>` : ''}</nav></main>
${script && `<script>${script}</script>`}</body>
</html>
`

const formOf = (action: string, { ticket, button, replace }: NonNullable<Part['form']>): string =>
  `<form method="post" action="${escaped(action)}"><input type="hidden" name="ticket" value="${escaped(ticket)}">${
    replace ? '<input type="hidden" name="replace" value="yes">' : ''
  }<button type="submit">${escaped(button)}</button></form>`
