import { spawnSync } from 'node:child_process'
import { findProgram, installPackage } from './programs.ts'

/** With curl, as WHMCS has it. */
const findPhp = (): string | undefined => {
  const php = findProgram(['php'])
  return php && spawnSync(php, ['-r', 'exit(extension_loaded("curl") ? 0 : 1);']).status === 0 ? php : undefined
}

/** The PHP to test the addon with; throws when this machine has none and cannot get it. */
export const providePhp = (): string => {
  const php = findPhp() ?? (installPackage('php-cli') && installPackage('php-curl') ? findPhp() : undefined)
  if (!php) throw new Error('The tests of the addon for WHMCS need PHP: install php-cli and php-curl.')
  return php
}
