import { expect, test } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { OPTIONS } from './options.ts'

const dashes = (name: string) => `--${name.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase()}`
const problemOf = (line: string) => readCommandLine(line.split(' ').filter(Boolean)).problem

test('the command line of the documents is read', () => {
  const line = '--port 9000 --users 10000 --buckets=100000 --months 13 --seed 7 --version 7.3 --hostile --days -1'
  const { options, problem } = readCommandLine(line.split(' '))
  expect(problem).toBeUndefined()
  expect(options).toEqual({
    port: '9000',
    users: '10000',
    buckets: '100000',
    months: '13',
    seed: '7',
    version: '7.3',
    hostile: 'true',
    days: '-1',
  })
})

test.each([
  ['--port 70000', 'port is 70000, but must be a whole number from 0 to 65535 (see --help)'],
  ['--users many', 'users is many, but must be a whole number from 0 to 1000000 (see --help)'],
  ['--list-shape round', 'listShape is round, but must be wrapped | bare | lowercase (see --help)'],
  ['--users 0', 'buckets need users to own them, and users is 0 (see --help)'],
  ['--users', 'users is true, but must be a whole number from 0 to 1000000 (see --help)'],
  ['--hostile yes', 'hostile is yes, but must be true or false (see --help)'],
])('a wrong option is one clear line: %s', (line, problem) => {
  expect(problemOf(line)).toBe(problem)
})

test.each(['--nothing', 'word', '--port 1 2'])('what is no option is refused in one line: %s', (line) => {
  expect(problemOf(line)).toMatch(/^[^\n]+ \(see --help\)$/)
})

test('--help names every option', () => {
  const { help = '' } = readCommandLine(['--help'])
  for (const name of Object.keys(OPTIONS)) expect(help).toContain(dashes(name))
})
