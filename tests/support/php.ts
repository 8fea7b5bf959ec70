import { findProgram, installPackage } from './programs.ts'

/** The PHP to test the addon with; throws when this machine has none and cannot get it. */
export const providePhp = (): string => {
  const find = () => findProgram(['php'])
  const php = find() ?? (installPackage('php-cli') ? find() : undefined)
  if (!php) throw new Error('The tests of the addon for WHMCS need PHP: install php-cli.')
  return php
}
