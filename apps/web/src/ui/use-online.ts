import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void): (() => void) => onlineManager.subscribe(listener)
const isOnline = (): boolean => onlineManager.isOnline()

/** Whether the browser has a network at all; what is asked for without one waits until there is one again. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, isOnline)
