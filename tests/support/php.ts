import { findProgram, installPackage } from './programs.ts'

const findPhp = (): string | undefined => findProgram(['php'])

/** The PHP to test the addon with; throws when this machine has none and cannot get it. */
export const providePhp = (): string => {
  const php = findPhp() ?? (installPackage('php-cli') ? findPhp() : undefined)
  if (!php) throw new Error('The tests of the addon for WHMCS need PHP: install php-cli.')
  return php
}
