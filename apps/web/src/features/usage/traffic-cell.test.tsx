import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { TrafficCell, trafficText } from './traffic-cell.tsx'

const now = { staleSince: null }

test('what a row moved is never told as all of it, since today is not over', () => {
  expect(trafficText(['1024', '1024'], now)).toBe('at least 2 KiB')
  expect(trafficText(['1024', null], now)).toBe('at least 1 KiB')
  expect(trafficText([null, null], now)).toBe('nothing is known')
})

test('what is old is called stale', () => {
  expect(trafficText(['1024'], { staleSince: '2026-11-02T11:00:00.000Z' })).toBe('at least 1 KiB, stale')
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
