import { Writable } from 'node:stream'

/** Keeps what the console logs, at the finest level. */
export const keptLog = () => {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  return {
    logger: { level: 'trace', stream },
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line): Record<string, unknown> => JSON.parse(line)),
  }
}
