import { useServerWords } from '../words/server-words.ts'
import { ForeignText } from './foreign-text.tsx'

/** `cap`: where also words of others may stand, which are then cut when they are long. */
type Props = { text: string; cap?: number }

/** What the server says, in the language of the page where its catalogue has the sentence, and otherwise in English. */
export function ServerSentence({ text, cap }: Props) {
  const pieces = useServerWords()(text)
  if (pieces === null) return <English text={text} cap={cap} />
  return pieces.map(({ kind, text: piece }, index) => {
    const key = `${index} ${piece}`
    if (kind === 'english') return <English key={key} text={piece} cap={cap} />
    return kind === 'value' ? <ForeignText key={key} text={piece} /> : <span key={key}>{piece}</span>
  })
}

/** Of what others may have written the language is not known. */
const English = ({ text, cap }: { text: string; cap: number | undefined }) =>
  cap === undefined ? <span lang="en">{text}</span> : <ForeignText text={text} cap={cap} />
