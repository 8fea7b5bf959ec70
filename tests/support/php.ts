import { spawnSync } from 'node:child_process'
import { findProgram, installPackage } from './programs.ts'

/** The PHP to test the addon with, with curl, as WHMCS has it; throws when this machine has none and cannot get it. */
export const providePhp = (): string => {
  const find = () => {
    const php = findProgram(['php'])
    return php && spawnSync(php, ['-r', 'exit(extension_loaded("curl") ? 0 : 1);']).status === 0 ? php : undefined
  }
  const php = find() ?? (installPackage('php-cli') && installPackage('php-curl') ? find() : undefined)
  if (!php) throw new Error('The tests of the addon for WHMCS need PHP: install php-cli and php-curl.')
  return php
}
