import { expect, test } from 'vitest'
import { emailLines } from './email-list.ts'

test.each([
  ['one on each line', 'a@x.example\nb@x.example\n', ['1 a@x.example', '2 b@x.example']],
  [
    'a header and other columns',
    'E-Mail;Name\r\na@x.example;Ann\r\n\r\nb@x.example;Bo',
    ['2 a@x.example', '4 b@x.example'],
  ],
  ['a file after what was typed', 'a@x.example\nE-mail;Name\nb@x.example;Bo\n', ['1 a@x.example', '3 b@x.example']],
  ['commas, quotes and a byte order mark', '\uFEFFemail,name\n"a@x.example","Ann, A."\n', ['2 a@x.example']],
  ['tabs and spaces', ' a@x.example \tAnn\n', ['1 a@x.example']],
  ['what is no e-mail, to be refused by name', 'a@x.example\nAnn "the" Boss\n', ['1 a@x.example', '2 Ann "the" Boss']],
  ['nothing', '\n\n', []],
])('a list is read with its lines: %s', (_, text, expected) => {
  expect(emailLines(text).map(({ line, email }) => `${line} ${email}`)).toEqual(expected)
})
