/** Hands a text to the browser as a file; nothing leaves the page. */
export const saveFile = (name: string, type: string, text: string): void => saveBlob(name, new Blob([text], { type }))

export const saveBlob = (name: string, blob: Blob): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`

/** One line of names and one of values for each, all quoted and otherwise exact. */
export const exactCsvOf = (...rows: Record<string, string>[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((fields) => Object.values(fields))]
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('')
