import { notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import { noSuchAccount } from './keys.ts'
import { json, nothing, type Operation } from './operation.ts'
import { selectUser } from './selectors.ts'
import { wireKeys } from './wire-keys.ts'

export const accounts: Operation = (world, { method, parameters }) => {
  if (method !== 'POST' && method !== 'DELETE') throw notAllowed(method)
  const name = parameters.value('accountName')
  if (name === undefined) throw wrongParameters('accountName is required.')
  const user = world.users.change(selectUser(world, parameters))
  const at = user.accounts.findIndex((account) => account.name === name)
  if (method === 'DELETE') {
    if (at < 0) throw noSuchAccount()
    user.accounts.splice(at, 1)
    return nothing(world)
  }
  if (at >= 0) throw new Refusal(409, 'AccountAlreadyExists', 'The user has an account of this name.')
  const keys = [world.users.newPair(user)]
  user.accounts.push({ name, keys })
  return json(JSON.stringify({ Name: name, AWSAccessKeys: wireKeys(keys) }))
}
