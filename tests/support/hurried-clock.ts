// Loaded before a console: the clock that nobody can set goes thirty times as fast, so that what the console waits for before it
// believes that a write is over takes seconds. The clock on the wall stays.
const elapsedMs = performance.now.bind(performance)
performance.now = () => elapsedMs() * 30
