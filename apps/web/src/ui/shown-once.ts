import { useBlocker } from '@tanstack/react-router'

type Secret = {
  /** Its answer is under way; nobody gets it again. */
  isComing: boolean
  isHere: boolean
  /** Asked when the page is about to be left. */
  isStored?: () => boolean
}

/** Keeps the page until a secret that is shown once has come and is stored; `SecretReveal` watches the tab once it is here. */
export const useShownOnce = ({ isComing, isHere, isStored }: Secret): void => {
  useBlocker({
    shouldBlockFn: () => !isStored?.(),
    disabled: !isComing && !isHere,
    enableBeforeUnload: isComing,
  })
}
