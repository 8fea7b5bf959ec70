import type { Claimed, MessageSending } from './adapters/store/message-sending.ts'
import { ABOUT_ALL, SILENT } from './adapters/store/messages.ts'
import type { MessageFailure } from './adapters/store/whmcs-tables.ts'
import { WhmcsError } from './adapters/whmcs/whmcs.ts'
import { createRepeat } from './repeat.ts'
import { BesideWhmcs, type Deliver } from './whmcs-delivery.ts'

type Parts = {
  sending: MessageSending
  deliver: Deliver
  /** One cheap question to WHMCS. */
  probe: () => Promise<unknown>
  /** Clients that are served at a time. */
  parallel: number
  log: Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
  now?: () => Date
  /** From 0 to 1. */
  chance?: () => number
  isOurs?: () => boolean
  /** No other process has this store, so what is claimed by none of ours is claimed by nobody. */
  isAlone: boolean
}

const PAUSE_MS = 2_000
/** Before each further try; the last one from then on. */
const BACK_OFF_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000] as const
/** What failed beside WHMCS waits no longer than that step: nobody finds out when it is well again. */
const STEPS_BESIDE = 4
/** Silence so many times in a row is a matter of WHMCS, and not of one message. */
const SILENCES = 5
const PROBE_MS = 30_000
const LONGEST_PROBE_MS = 3_600_000
/** So often in a row WHMCS may answer a question and not what it is told; what it is told then waits for its own time. */
const VAIN_RECOVERIES = 3
/** No call takes longer, with the wait for its turn. */
const UNDER_WAY_MS = 300_000
const AT_ONCE = 100
/** Messages of one client, before others are looked for that wait longer. */
const IN_A_ROW = 20

type Failure = { failure: MessageFailure; detail: string; mayHaveArrived: boolean }

/**
 * Tells WHMCS what it is to be told: each client's messages in order, several clients at a time. What is refused for the
 * console as a whole stops everything until somebody resumes; while WHMCS is silent it is only asked whether it is back.
 */
export const createWhmcsWorker = ({
  sending,
  deliver,
  probe,
  parallel,
  log,
  now = () => new Date(),
  chance = Math.random,
  isOurs = () => true,
  isAlone,
}: Parts) => {
  const underWay = new Set<string>()
  let isBegun = false
  let isEnding = false
  let isStopped = false
  /** Until the first answer that is well, one message goes at a time: a wrong credential is tried once. */
  let isTrusted = false
  let silences = 0
  let probeAt = 0
  let vain = 0

  const isSilent = () => silences >= SILENCES

  const maySend = () => isOurs() && !isEnding && !isStopped && !isSilent()

  const begin = async (): Promise<void> => {
    if (!isBegun) await sending.restart()
    isBegun = true
    const lost = await sending.recover(new Date(now().getTime() - (isAlone ? -1 : UNDER_WAY_MS)), underWay)
    if (lost > 0) log.warn({ messages: lost }, 'it is not known whether messages to WHMCS arrived')
    isStopped = await sending.isStopped()
  }

  const probeMs = () => Math.min(PROBE_MS * 2 ** vain, LONGEST_PROBE_MS)

  /** Whether WHMCS can be spoken to. */
  const isThere = async (): Promise<boolean> => {
    if (!isSilent()) return true
    if (now().getTime() < probeAt) return false
    probeAt = now().getTime() + probeMs()
    const answers = await probe().then(
      () => true,
      (error: unknown) => error instanceof WhmcsError && !SILENT.includes(error.kind),
    )
    if (!answers) return false
    // One more failure is enough to be silent again, and until then one message goes at a time.
    silences = SILENCES - 1
    isTrusted = false
    vain += 1
    log.info({ hastened: vain <= VAIN_RECOVERIES ? await sending.hasten() : 0 }, 'WHMCS answers again')
    return true
  }

  const retryAt = (attempts: number, { failure }: Failure): Date => {
    const steps = BESIDE.includes(failure) ? STEPS_BESIDE : BACK_OFF_MS.length
    const delayMs = BACK_OFF_MS[Math.min(attempts, steps) - 1] ?? BACK_OFF_MS[0]
    return new Date(now().getTime() + delayMs * (0.8 + 0.4 * chance()))
  }

  const failed = async ({ id, kind, clientId, attempts }: Claimed, failure: Failure): Promise<void> => {
    const isRefused = REFUSALS.includes(failure.failure)
    if (SILENT.includes(failure.failure)) silences += 1
    else if (!BESIDE.includes(failure.failure)) silences = 0
    if (isSilent() && probeAt <= now().getTime()) probeAt = now().getTime() + probeMs()
    if (ABOUT_ALL.some((one) => one === failure.failure)) {
      isStopped = true
      isTrusted = false
    }
    log.info({ message: id, kind, clientId, attempts, ...failure }, 'WHMCS was not told')
    if (isRefused) await sending.stop(id, 'blocked', failure)
    else await sending.retryAt(id, retryAt(attempts, failure), failure)
  }

  /** Answers whether the next message of the client may follow. */
  const send = async (message: Claimed): Promise<boolean> => {
    const { id, kind, clientId } = message
    underWay.add(id)
    try {
      const delivered = await deliver(message)
      silences = 0
      vain = 0
      isTrusted = true
      if (delivered.is === 'done') await sending.done(id, delivered.noteId)
      else if (delivered.is === 'needless') await sending.drop(id, delivered.reason)
      else await sending.stop(id, 'unknown', { failure: 'timeout', detail: delivered.reason, mayHaveArrived: true })
      log.info({ message: id, kind, clientId, is: delivered.is }, 'WHMCS was told')
      return true
    } catch (error) {
      await failed(message, failureOf(error, message))
      return false
    } finally {
      underWay.delete(id)
    }
  }

  const serve = async (clientId: number): Promise<void> => {
    for (const no of await sending.line(clientId, IN_A_ROW)) {
      const message = maySend() ? await sending.claim(no) : null
      if (!message || !(await send(message))) return
    }
  }

  const work = async (): Promise<void> => {
    if (!isOurs()) {
      isBegun = false
      return
    }
    await begin()
    if (isStopped || !(await isThere())) return
    while (maySend()) {
      const clients = await sending.ready(isTrusted ? AT_ONCE : 1)
      if (clients.length === 0) return
      const waiting = clients.values()
      await Promise.all(Array.from({ length: parallel }, () => serveAll(waiting, serve)))
    }
  }

  const repeat = createRepeat({
    work: () => work().catch((err: unknown) => log.warn({ err }, 'messages to WHMCS could not be looked after')),
    pauseMs: () => PAUSE_MS,
  })
  return {
    ...repeat,
    async stop(): Promise<void> {
      isEnding = true
      await repeat.stop()
    },
  }
}

/** Several of these share one iterator, so that each client is served by one. */
const serveAll = async (clients: Iterable<number>, serve: (clientId: number) => Promise<void>): Promise<void> => {
  for (const clientId of clients) await serve(clientId)
}

const BESIDE: readonly MessageFailure[] = ['database', 'gateway', 'fault']
const REFUSALS: readonly MessageFailure[] = [...ABOUT_ALL, 'not-found', 'refused']

const failureOf = (error: unknown, { mayHaveArrived }: Claimed): Failure => {
  if (error instanceof WhmcsError)
    return { failure: error.kind, detail: error.message, mayHaveArrived: mayHaveArrived || error.outcomeUnknown }
  if (error instanceof BesideWhmcs) return { failure: error.failure, detail: error.message, mayHaveArrived }
  return { failure: 'fault', detail: error instanceof Error ? error.message : String(error), mayHaveArrived: true }
}
