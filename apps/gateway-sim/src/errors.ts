import { STATUS_CODES } from 'node:http'
import type { Answer } from './operations/operation.ts'
import type { Settled } from './options.ts'
import type { Refusal } from './refusal.ts'

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** What nginx itself says when the gateway behind it is down. */
export const htmlError = (status: number): Answer => {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
  return { status, contentType: 'text/html', body }
}

export const errorAnswer = ({ status, code, message }: Refusal, style: Settled['errorStyle']): Answer => {
  if (style === 'html') return htmlError(status)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>`
  const headers = { 'X-Amz-Err-Message': message.replace(/[^\t\x20-\x7e]/g, '?'), 'x-amz-err-code': code }
  return { status, contentType: 'application/xml', headers, body: style === 'xml' ? xml : '' }
}
