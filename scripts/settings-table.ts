type Settings = Record<string, { help: string; fallback?: string }>

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The settings as the README shows them, one row each. */
export const settingsTable = (settings: Settings): string =>
  [
    '| Setting | Default | Meaning |',
    '|---|---|---|',
    ...Object.entries(settings).map(
      ([name, { help, fallback }]) => `| \`${name}\` | ${fallback ? `\`${cell(fallback)}\`` : ''} | ${cell(help)} |`,
    ),
  ].join('\n')
