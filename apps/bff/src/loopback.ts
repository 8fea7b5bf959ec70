const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i

/** Whether a host is this machine, by how it is written. */
export const isLoopbackName = (host: string): boolean => LOOPBACK.test(host)
