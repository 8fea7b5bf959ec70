import { describe, expect, test } from 'vitest'
import { signatureV2, stringToSignV2 } from './signature-v2.ts'

const SECRET = 'dbwTnQTW602aAAdq8DQVFzB6yrTCFTNiGB8C8RFA'
const ZONED = 'Thu, 07 Apr 2016 13:01:03 +0000'
const GMT = 'Thu, 07 Apr 2016 13:01:03 GMT'

const VECTORS = [
  ['GET', '/?ostor-users', { date: ZONED }, 'Ia+bMpu+9mSsq2OgCgOlMpKoyKY='],
  ['GET', '/?ostor-users', { date: GMT }, 'Cx/JFnKMsFTj75ZbEJMXlM+Ct+w='],
  ['PUT', '/?ostor-users', { date: ZONED }, 'zHBdqB1UqdXreezbA47Q3tM/AJo='],
  ['GET', '/?ostor-usage', { date: ZONED }, 'ZKT8S8V1+ahG32ZTxag5NW7whXU='],
  ['GET', '/?ostor-users', { date: ZONED, 'content-type': 'application/json' }, 'yn+yWu/UOErKr6mPp+zYzo1h9Zk='],
  [
    'GET',
    '/?ostor-buckets',
    { date: ZONED, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    'vdMD8+E5o6F6Nl3fOaMOkIhySdI=',
  ],
] as const

describe('Signature V2', () => {
  test.each(VECTORS)('signs %s %s with %j as the vendor does', (method, resource, headers, signature) => {
    const values = new Map<string, string>(Object.entries(headers))
    const header = (name: string) => values.get(name) ?? ''
    const toSign = stringToSignV2({ method, resource, header, headerNames: [...values.keys()] })
    expect(signatureV2(SECRET, toSign)).toBe(signature)
  })

  test('x-amz-date stands in for Date, and x-amz headers are sorted', () => {
    const values = new Map([
      ['x-amz-z', ' 2 '],
      ['date', GMT],
      ['x-amz-date', GMT],
    ])
    const header = (name: string) => values.get(name) ?? ''
    const toSign = stringToSignV2({ method: 'GET', resource: '/?ostor-users', header, headerNames: [...values.keys()] })
    expect(toSign).toBe(`GET\n\n\n\nx-amz-date:${GMT}\nx-amz-z:2\n/?ostor-users`)
  })
})
