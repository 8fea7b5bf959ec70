import { i18n } from '@lingui/core'

// English stands in the source and needs no catalogue; a build has turned each text into its parts already.
if (import.meta.env?.PROD) i18n.setMessagesCompiler((message) => [message])
i18n.loadAndActivate({ locale: 'en', messages: {} })

/** In which direction the language on the page is written. */
export const direction = (): 'ltr' | 'rtl' => (i18n.locale === 'mirrored' ? 'rtl' : 'ltr')

export { i18n }
