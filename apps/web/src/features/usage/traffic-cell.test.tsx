import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { TrafficCell, trafficText } from './traffic-cell.tsx'

const complete = { coverage: 'complete', staleSince: null } as const
const partial = { coverage: 'partial', staleSince: null } as const

test('what a row moved is told as a fact only when all of it is known', () => {
  expect(trafficText(['1024', '1024'], complete)).toBe('2 KiB')
  expect(trafficText(['1024', '1024'], partial)).toBe('at least 2 KiB')
  expect(trafficText(['1024', null], partial)).toBe('at least 1 KiB')
  expect(trafficText([null, null], partial)).toBe('nothing is known')
})

test('what is old is called stale', () => {
  const staleSince = '2026-11-02T11:00:00.000Z'
  expect(trafficText(['1024'], { ...complete, staleSince })).toBe('1 KiB, stale')
  expect(trafficText(['1024'], { ...partial, staleSince })).toBe('at least 1 KiB, stale')
})

const drawn = (failed: boolean) =>
  renderToStaticMarkup(
    <Spoken>
      <TrafficCell values={undefined} source={null} failed={failed} />
    </Spoken>,
  )

test('the cell says that nothing could be read, and is empty only while it is being read', () => {
  expect(drawn(true)).toContain('could not be read')
  expect(drawn(false)).not.toContain('could not be read')
})
