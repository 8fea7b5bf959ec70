import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { backupsOf } from './backups.ts'
import { safekeepingOf } from './safekeeping.ts'

const at = (instant: string) => ({ now: () => new Date(instant) })

const onStep = (step: string): void => {
  if (step === 'checked') throw new Error('the disk is full')
}

test.each(ENGINES)(
  'a backup on %s that fails stands beside the last good one, until the next good one',
  async (engine) => {
    const store = await emptyStore(engine)
    const folder = await mkdtemp(join(tmpdir(), 'ostor-console-backup-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const lastBackup = () => safekeepingOf(store).lastBackup()
    const take = (name: string, options: object) => backupsOf(store).take(join(folder, name), options)

    expect(await lastBackup()).toEqual({ backup: null, backupFailedAt: null })
    await take('first', at('2026-11-05T00:30:00.000Z'))
    await expect(take('second', { onStep, ...at('2026-11-05T01:30:00.000Z') })).rejects.toThrow('the disk is full')
    expect(await lastBackup()).toMatchObject({
      backup: { takenAt: '2026-11-05T00:30:00.000Z' },
      backupFailedAt: '2026-11-05T01:30:00.000Z',
    })
    await take('third', at('2026-11-05T02:30:00.000Z'))
    expect(await lastBackup()).toMatchObject({
      backup: { takenAt: '2026-11-05T02:30:00.000Z' },
      backupFailedAt: null,
    })
  },
)
