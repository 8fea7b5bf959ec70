import { I18n, type MessageDescriptor, type MessageOptions } from '@lingui/core'

type Values = Record<string, unknown>

/** The library reads `\u202e` in a finished text as the sign that it stands for, and a name may be written like that. */
const asWritten = (values: Values | undefined): Values | undefined =>
  values &&
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\\', String.raw`\u005c`) : value,
    ]),
  )

/** Texts into which names are put as they are written. */
class Words extends I18n {
  override _(text: MessageDescriptor | string, values?: Values, options?: MessageOptions): string {
    if (typeof text === 'string') return super._(text, asWritten(values), options)
    const within = asWritten(text.values)
    return super._({ ...text, ...(within && { values: within }) })
  }
}

export const i18n = new Words({})
// English stands in the source and needs no catalogue; a build has turned each text into its parts already.
if (import.meta.env?.PROD) i18n.setMessagesCompiler((message) => [message])
i18n.loadAndActivate({ locale: 'en', messages: {} })

/** In which direction the language on the page is written. */
export const direction = (): 'ltr' | 'rtl' => (i18n.locale === 'mirrored' ? 'rtl' : 'ltr')
