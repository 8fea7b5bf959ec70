import { Trans } from '@lingui/react/macro'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { fieldWords } from './field-words.ts'
import { valueWords } from './value-words.ts'

/** What a field of the audit is called; as it was written, where an older console wrote one that is not known any more. */
export function FieldName({ field }: { field: string }) {
  const words = fieldWords(field)
  return words === null ? <code>{field}</code> : <span className="dimmed">{words}</span>
}

type Props = { field: string; text: string | null; cap?: number }

/** What a field of the audit was or is. */
export function FieldValue({ field, text, cap = 80 }: Props) {
  if (text === null || text === '')
    return (
      <span className="dimmed">
        <Trans>nothing</Trans>
      </span>
    )
  // Of many users it is said how they were chosen.
  if (field === 'users') return <ServerSentence text={text} cap={cap} />
  const said = valueWords(field, text)
  return said !== null && said.length <= cap ? said : <ForeignText text={said ?? text} cap={cap} />
}
