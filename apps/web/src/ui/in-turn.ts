let before = Promise.resolve()

/** Whatever takes long to draw comes one after the other, each in a task of its own, so that the page answers in between. */
export const inTurn = (): Promise<void> => {
  before = before.then(() => new Promise((resolve) => setTimeout(resolve)))
  return before
}
