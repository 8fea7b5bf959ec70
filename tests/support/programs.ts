import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Folders of servers, which are not on the path of everybody. */
const BESIDE = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec']

/** The file of the first program by one of these names; `undefined` when there is none. */
export const findProgram = (names: string[]): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...BESIDE]
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file))

/** Installs a package of Debian, where this machine can: as root. */
export const installPackage = (name: string): boolean => {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'inherit' })
  return true
}
