import { Trans } from '@lingui/react/macro'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { fieldWords, valueWords } from './field-words.ts'

/** What a field of the audit is called. */
export const FieldName = ({ field }: { field: string }) => <span className="dimmed">{fieldWords(field)}</span>

type Props = { field: string; text: string | null; cap?: number }

/** What a field of the audit was or is. */
export function FieldValue({ field, text, cap = 80 }: Props) {
  if (text === null)
    return (
      <span className="dimmed">
        <Trans>nothing</Trans>
      </span>
    )
  const words = valueWords(field, text)
  return words === null ? <ForeignText text={text} cap={cap} /> : words
}
