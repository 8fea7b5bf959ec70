import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readManifest } from './backup-manifest.ts'

/** What a console that was ended in the middle of a nightly backup leaves. */
const LEFT_BEHIND = /^backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.partial-[0-9a-f]{8}$/
const BACKUP = /^backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/

export const isBackup = (folder: string): Promise<boolean> =>
  readManifest(folder).then(
    () => true,
    () => false,
  )

/** Only what has our name and our manifest is ever removed, and what a backup of ours left unfinished before the newest. */
export const removeOldBackups = async (folder: string, kept: number): Promise<void> => {
  const names = (await readdir(folder)).toSorted()
  const backups: string[] = []
  for (const name of names) if (BACKUP.test(name) && (await isBackup(join(folder, name)))) backups.push(name)
  const newest = backups.at(-1) ?? ''
  const unfinished = names.filter((name) => LEFT_BEHIND.test(name) && name < newest)
  for (const name of [...backups.slice(0, -kept), ...unfinished]) await rm(join(folder, name), { recursive: true })
}
