import { expect, test } from 'vitest'
import { clockSkewOf, retryAfterOf, safeText, toldBy } from './told.ts'

const told = (body: string, headers = {}) => toldBy(headers, Buffer.from(body))

test('the headers are believed before the body', () => {
  const xml = '<Error><Code>Body</Code><Message>b</Message></Error>'
  expect(told(xml, { 'x-amz-err-message': 'h' })).toMatchObject({ code: 'Body', message: 'h' })
})

test('XML and JSON are looked through for code and message', () => {
  expect(told('<?xml version="1.0"?><Error><Code>NoSuchUser</Code><Message>a &lt; b</Message></Error>')).toMatchObject({
    code: 'NoSuchUser',
    message: 'a < b',
  })
  expect(told('{"code":"Bad","error":"no"}')).toMatchObject({ code: 'Bad', message: 'no' })
})

test('a document with a DOCTYPE tells nothing', () => {
  expect(told('<!DOCTYPE x [<!ENTITY a "b">]><Error><Code>&a;</Code><Message>m</Message></Error>')).toMatchObject({
    code: null,
    message: null,
  })
})

test('signing strings, signatures and keys are hidden, and the rest is one short line', () => {
  const text = safeText(
    'Wrong <b>key</b> a14040e0b2ef8b28FZZ8 AWS a14040e0b2ef8b28FZZ8:Cx/JFnKMsFTj75ZbEJMXlM+Ct+w=\r\nGET\n\n\nThu, 07 Apr 2016\n/?ostor-users',
  )
  expect(text).not.toMatch(/FZZ8|Cx\/|ostor-users|[<\r\n]/)
  expect(safeText('x '.repeat(9000)).length).toBeLessThan(210)
})

test.each([
  ['Mon, 23 Nov 2026 10:01:00 GMT', 60],
  ['Mon, 23 Nov 2026 09:00:00 GMT', -3600],
  ['yesterday', null],
  [undefined, null],
])('a Date of %s is a clock apart by %s seconds', (date, seconds) => {
  expect(clockSkewOf({ date }, new Date('2026-11-23T10:00:00Z'))).toBe(seconds)
})

test('Retry-After is read as seconds or as a date', () => {
  const now = new Date('2026-11-23T10:00:00Z')
  expect(retryAfterOf({ 'retry-after': '7' }, now)).toBe(7)
  expect(retryAfterOf({ 'retry-after': 'Mon, 23 Nov 2026 10:00:09 GMT' }, now)).toBe(9)
  expect(retryAfterOf({ 'retry-after': 'soon' }, now)).toBeNull()
})
