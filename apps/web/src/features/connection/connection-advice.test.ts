import { describe, expect, test } from 'vitest'
import { adviceOn } from './connection-advice.ts'
import type { BrokenConnection } from './connection-state.ts'

type Broken = BrokenConnection['state']

const connection = (state: Broken, clockSkewSeconds: number | null = null): BrokenConnection => ({
  state,
  since: '2026-11-02T14:00:00Z',
  checkedAt: '2026-11-02T14:05:00Z',
  detail: null,
  clockSkewSeconds,
  lastOkAt: null,
  latencyMs: null,
})

const said = (state: Broken, skew?: number) =>
  JSON.stringify(adviceOn(connection(state, skew), 'https://s3.example.com'))

describe('help with the connection', () => {
  test('a key that is not of a system user leads to the command that makes one', () => {
    expect(said('not-system-user')).toContain('ostor-s3-admin create-user -S -e')
  })

  test('clocks apart are told by how much and in which direction', () => {
    expect(said('clock', 1200)).toContain('1200 seconds ahead of')
    expect(said('clock', -1200)).toContain('1200 seconds behind')
    expect(adviceOn(connection('clock', -1200), '').title).toBe('The clocks are 20 min apart')
  })

  test('an untrusted certificate leads to the port of the gateway and to OSTOR_CA', () => {
    expect(said('tls')).toContain('s3.example.com:443')
    expect(said('tls')).toContain('OSTOR_CA')
  })

  test('an address cannot break out of the command that shows it', () => {
    const { steps } = adviceOn(connection('unreachable'), "http://x'; reboot '")
    expect(steps[0]?.command).toBe("curl -sv 'http://x; reboot /'")
  })

  test.each(['unreachable', 'tls', 'wrong-key', 'not-system-user', 'clock', 'not-ostor', 'refused'] as const)(
    '%s says what to do',
    (state) => {
      expect(adviceOn(connection(state), 'http://s3.example.com').steps.length).toBeGreaterThan(1)
    },
  )
})
