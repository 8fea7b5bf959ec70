/** Keys that the gateway allows, of a user and of each account. Here, so that no schema comes into the page with it. */
export const MAX_KEYS = 2
