const MOST_MS = 3_000

/** Resolves when the browser has nothing else to do, or in any case soon: a page that is busy may never be idle. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (window.requestIdleCallback) window.requestIdleCallback(() => resolve(), { timeout: MOST_MS })
    else setTimeout(resolve)
  })
