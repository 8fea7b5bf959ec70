import { mock } from 'node:test'

// Loaded before a console whose pages are compared with pictures: the clock on the wall stands, and the clock that nobody can set goes.
mock.timers.enable({ apis: ['Date'], now: Date.parse(process.env['HELD_AT'] ?? '') })
