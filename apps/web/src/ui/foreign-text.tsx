const CAP = 200

type Props = { text: string; cap?: number; mono?: boolean }

/**
 * A string that came from outside: isolated from the text around it and cut when long, with the whole of it on hover.
 * Marks beyond a few per letter are dropped, because hundreds of them paint over the lines above and below.
 */
export function ForeignText({ text, cap = CAP, mono = false }: Props) {
  const shown = shorten(text, cap)
  return (
    <bdi className={mono ? 'foreign mono' : 'foreign'} title={shown === text ? undefined : text.slice(0, 2_000)}>
      {shown}
    </bdi>
  )
}

export const shorten = (text: string, cap: number = CAP): string => {
  const calm = text.slice(0, cap * 8).replace(/(\p{M}{3})\p{M}+/gu, '$1')
  const letters = Array.from(calm)
  return letters.length > cap ? `${letters.slice(0, cap).join('')}…` : calm
}
