import { sign } from 'aws4'
import { assert, date as instant, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from './secret.ts'
import { signV2 } from './sign-v2.ts'
import { signV4 } from './sign-v4.ts'
import { bucketTargetOf, targetOf } from './url.ts'

const id = 'a14040e0b2ef8b28FZZ8'
const secretText = 'dbwTnQTW602aAAdq8DQVFzB6yrTCFTNiGB8C8RFA'
const secret = Secret.of(secretText)

describe('Signature V2', () => {
  test('is that of the reference', () => {
    const date = new Date('2016-04-07T13:01:03Z')
    expect(signV2({ method: 'GET', resource: '/?ostor-users', date }, { id, secret })).toEqual({
      date: 'Thu, 07 Apr 2016 13:01:03 GMT',
      authorization: `AWS ${id}:Cx/JFnKMsFTj75ZbEJMXlM+Ct+w=`,
    })
  })
})

const byAws4 = (method: string, path: string, date: Date) => {
  const at = date.toISOString().replace(/[:-]|\.\d+/g, '')
  const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const headers = { 'X-Amz-Date': at, 'X-Amz-Content-Sha256': emptyHash }
  const request = { host: 's3.example.com:9000', service: 's3', region: 'eu-1', method, path, headers }
  return String(sign(request, { accessKeyId: id, secretAccessKey: secretText }).headers?.['Authorization'])
}
const byUs = (method: string, target: string, date: Date) =>
  signV4({ method, target, host: 's3.example.com:9000', date }, { id, secret, region: 'eu-1' })['authorization']

describe('Signature V4', () => {
  test('signs flags and parameters as aws4 does, in the order of their names', () => {
    const date = new Date('2026-11-23T10:00:00Z')
    const target = targetOf('ostor-limits', { 'limit-type': 'ops', limit: '5', bucket: "o'b r*(1)", space: true })
    expect(byUs('PUT', target, date)).toBe(byAws4('PUT', target, date))
  })

  test('signs the path of a bucket as aws4 does', () => {
    const date = new Date('2026-11-23T10:00:00Z')
    const target = bucketTargetOf('films & more', 'replication')
    expect(byUs('GET', target, date)).toBe(byAws4('GET', target, date))
  })

  test('W9: agrees with aws4 on any value', () => {
    assert(
      property(
        string({ unit: 'binary', minLength: 1 }),
        instant({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }),
        (value, date) => {
          const target = targetOf('ostor-users', { emailAddress: value, genKey: true })
          expect(byUs('POST', target, date)).toBe(byAws4('POST', target, date))
        },
      ),
    )
  })
})
