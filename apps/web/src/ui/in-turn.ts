import { flushSync } from 'react-dom'

const waiting: (() => void)[] = []

const next = (): void => {
  const draw = waiting.shift()
  if (waiting.length > 0) setTimeout(next)
  // React would draw later, and with it what the next turns ask for.
  if (draw) flushSync(draw)
}

/** Draws what takes long one after the other, each in a task of its own, so that the page answers in between. */
export const inTurn = (draw: () => void): void => {
  if (waiting.push(draw) === 1) setTimeout(next)
}

/** All that waits for its turn, at once. */
export const drawAll = (): void => {
  const all = waiting.splice(0)
  flushSync(() => {
    for (const draw of all) draw()
  })
}

/** Paper waits for nobody. */
export const printWhole = (): void => globalThis.addEventListener('beforeprint', drawAll)
