import { plural, t } from '@lingui/core/macro'
import { formatDuration } from '../../format/durations.ts'
import type { Broken, BrokenConnection } from './connection-state.ts'

type Step = { text: string; command?: string }
export type ConnectionAdvice = { title: string; what: string; steps: Step[] }

/** What each broken state is, and what to do about it, in this order. */
export const adviceOn = (connection: BrokenConnection, endpoint: string): ConnectionAdvice =>
  ADVICE[connection.state](endpoint, connection)

const restart = () => ({ text: t`Restart the console, because it reads its settings when it starts.` })

const ADVICE: Record<Broken, (endpoint: string, connection: BrokenConnection) => ConnectionAdvice> = {
  unreachable: (endpoint) => ({
    title: t`The storage gateway does not answer`,
    what: t`No connection comes about, or no answer arrives in time: the gateway is down, its address is wrong, or the network between does not let the console through.`,
    steps: [
      { text: t`On the machine of the console, see whether the address answers at all:`, command: curl(endpoint) },
      { text: t`On an S3 node, see whether the service runs:`, command: 'systemctl status ostor-agentd.service' },
      { text: t`If the address is not the right one, set OSTOR_ENDPOINT and restart the console.` },
    ],
  }),
  tls: (endpoint) => ({
    title: t`The certificate of the storage gateway is not trusted`,
    what: t`The gateway answers, but its certificate has expired, is for another name, or was signed by an authority that this machine does not know. Nothing was sent to it.`,
    steps: [
      {
        text: t`Look at the certificate that it shows:`,
        command: `openssl s_client -connect ${hostOf(endpoint)} -showcerts </dev/null`,
      },
      { text: t`For an authority of your own, set OSTOR_CA to its PEM file.` },
      { text: t`If the name differs, write the name of the certificate into OSTOR_ENDPOINT.` },
      restart(),
    ],
  }),
  'wrong-key': () => ({
    title: t`The storage gateway does not accept the access key of the console`,
    what: t`The key id is unknown there, the secret does not belong to it, or the key was revoked.`,
    steps: [
      { text: t`Compare OSTOR_ACCESS_KEY_ID and OSTOR_SECRET_ACCESS_KEY with the keys of the system user.` },
      { text: t`If that key is gone, make another system user on an S3 node:`, command: CREATE },
      restart(),
    ],
  }),
  'not-system-user': () => ({
    title: t`The access key of the console does not belong to a system user`,
    what: t`The gateway knows the key, but it lets only system users manage others.`,
    steps: [
      { text: t`On an S3 node, make a system user (add -V <volume> where there are several):`, command: CREATE },
      {
        text: t`Put the printed S3AccessKeyId into OSTOR_ACCESS_KEY_ID, S3SecretAccessKey into OSTOR_SECRET_ACCESS_KEY.`,
      },
      restart(),
    ],
  }),
  clock: (_, { clockSkewSeconds }) => ({
    title:
      clockSkewSeconds === null
        ? t`The clocks of the console and of the storage gateway differ too much`
        : clocksApart(formatDuration(Math.abs(clockSkewSeconds))),
    what: `${apart(clockSkewSeconds)} ${t`Requests carry their time, and the gateway refuses those that look too old or too new.`}`,
    steps: [
      {
        text: t`On the machine of the console and on each S3 node, see whether the time is kept:`,
        command: 'timedatectl',
      },
      { text: t`Switch the synchronization on where it is off:`, command: 'timedatectl set-ntp true' },
    ],
  }),
  'not-ostor': (endpoint) => ({
    title: t`The address does not answer like an ostor gateway`,
    what: t`Something is there, but it is not the management interface of ostor: a web page, a proxy, or another S3 server.`,
    steps: [
      { text: t`See who answers:`, command: curl(endpoint) },
      { text: t`Set OSTOR_ENDPOINT to the S3 address of the cluster, without a path, and restart the console.` },
      { text: t`A balancer before the gateway must pass the query string and the Date header on unchanged.` },
    ],
  }),
  refused: () => ({
    title: t`The storage gateway refuses the requests of the console`,
    what: t`It answers, and it says no for a reason of its own, which stands below. Nothing was changed.`,
    steps: [
      { text: t`Read the log of the gateway on the S3 nodes for the time of the check.` },
      { text: t`See whether a firewall, a balancer or a limit in front of the gateway answers in its place.` },
    ],
  }),
}

const CREATE = 'ostor-s3-admin create-user -S -e console@example.com'

/** Quotes what stands in a command, because an address may hold what a shell would read. */
const curl = (endpoint: string): string => `curl -sv '${endpoint.replaceAll("'", '')}/'`

const hostOf = (endpoint: string): string => {
  if (!URL.canParse(endpoint)) return '<host>:443'
  const { hostname, port } = new URL(endpoint)
  return `${hostname}:${port || '443'}`
}

const clocksApart = (duration: string): string => t`The clocks are ${duration} apart`

const apart = (seconds: number | null): string => {
  if (seconds === null) return t`One of the two is wrong.`
  const rounded = Math.round(Math.abs(seconds))
  const count = String(rounded)
  return seconds > 0
    ? plural(rounded, {
        one: `The gateway is ${count} second ahead of the console.`,
        other: `The gateway is ${count} seconds ahead of the console.`,
      })
    : plural(rounded, {
        one: `The gateway is ${count} second behind the console.`,
        other: `The gateway is ${count} seconds behind the console.`,
      })
}
