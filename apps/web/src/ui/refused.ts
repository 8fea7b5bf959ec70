/** For a button that cannot be used now: one that is `disabled` would lose the focus, and nobody could ask it why. */
export const refused = (isRefused: boolean) => isRefused && ({ 'aria-disabled': true, 'data-disabled': true } as const)
