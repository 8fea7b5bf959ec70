import type { View } from '../ui/view-switch.tsx'
import { useAddress } from './use-address.ts'

/** Whether a panel shows its chart or its table, as the address says under a name of its own. */
export function useView(name: string): [View, (view: View) => void] {
  const [address, setAddress] = useAddress()
  return [
    address[name] === 'table' ? 'table' : 'chart',
    (view) => setAddress({ [name]: view === 'table' ? 'table' : undefined }),
  ]
}
