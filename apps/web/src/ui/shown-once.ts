import { useBlocker } from '@tanstack/react-router'

/**
 * Keeps the page and its tab from when a secret that is shown once is on its way, as nobody gets it again, until it is
 * stored. `isStored` is asked when the page is about to be left.
 */
export const useShownOnce = (isComingOrHere: boolean, isStored = () => false): void => {
  useBlocker({ shouldBlockFn: () => !isStored(), disabled: !isComingOrHere })
}
