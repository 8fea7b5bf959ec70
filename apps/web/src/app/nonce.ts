import { setNonce } from 'get-nonce'

/** The BFF writes a fresh nonce into the page; without it the scroll lock of dialogs would break the CSP. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
setNonce(nonce)

export const styleNonce = (): string => nonce
