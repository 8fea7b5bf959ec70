import * as z from 'zod'
import { InCluster, OfUser } from './cluster.ts'
import { Instant } from './figure.ts'
import { NewAccessKey } from './keys.ts'
import type { Routes } from './route.ts'

export const SCHEDULED_ACTIONS = ['user.delete', 'key.revoke'] as const

/** The longest that anything may be put off. */
export const LONGEST_DELAY_DAYS = 365

/**
 * `preparing`: the key that replaces this one is being made. `failed`: it did not come about; `detail` says why.
 * `stopped`: an admin did not want it any more.
 */
export const ScheduledState = z.enum(['preparing', 'waiting', 'running', 'done', 'failed', 'stopped'])
export type ScheduledState = z.infer<typeof ScheduledState>

/** What cannot be undone, put off to a date until which it can be stopped. */
export const ScheduledChange = z
  .object({
    id: z.string(),
    action: z.enum(SCHEDULED_ACTIONS),
    userId: z.string(),
    /** As the user was called when it was asked for. */
    email: z.string(),
    /** The key that is to be revoked. */
    keyId: z.string().nullable(),
    /** The key that takes its place, in a rotation; `null` otherwise, and until it is made. */
    newKeyId: z.string().nullable(),
    isRotation: z.boolean(),
    askedBy: z.string(),
    askedAt: Instant,
    dueAt: Instant,
    state: ScheduledState,
    endedAt: Instant.nullable(),
    endedBy: z.string().nullable(),
    /** Why it failed, or why it still waits although its date is past. */
    detail: z.string().nullable(),
    /** The audit entry of the write, once there is one. */
    operationId: z.string().nullable(),
  })
  .meta({ id: 'ScheduledChange' })
export type ScheduledChange = z.infer<typeof ScheduledChange>

const tags = ['scheduled']
const OneKey = OfUser.extend({ keyId: z.string().min(1).max(128) })
const OneChange = InCluster.extend({ id: z.string().min(1).max(64) })
const Due = z.strictObject({ dueAt: Instant })

export const scheduledRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/scheduled',
    config: { verb: 'operation.see', scope: 'filtered' },
    schema: {
      summary: 'What waits for its date, the next one first, and what ended in the last week, the newest first',
      tags,
      params: InCluster,
      querystring: z.strictObject({ userId: z.string().min(1).max(64).optional() }),
      response: { 200: z.object({ open: z.array(ScheduledChange), ended: z.array(ScheduledChange) }) },
    },
  },
  move: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/scheduled/:id',
    config: { verb: 'scheduled.change', scope: 'scheduled' },
    schema: {
      summary: 'Change the date of what still waits',
      tags,
      params: OneChange,
      body: Due,
      response: { 200: ScheduledChange },
    },
  },
  stop: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/scheduled/:id/stop',
    config: { verb: 'scheduled.change', scope: 'scheduled' },
    schema: {
      summary: 'Stop what still waits; it never happens',
      tags,
      params: OneChange,
      body: z.strictObject({}),
      response: { 200: ScheduledChange },
    },
  },
  deleteUser: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/deletion',
    config: { verb: 'user.delete', scope: 'user', sudo: true },
    schema: {
      summary: 'Delete a user who owns no buckets at a date, unless it is stopped',
      tags,
      params: OfUser,
      /** What `confirmationOf` gives. */
      body: Due.extend({ confirmEmail: z.string().max(1024) }),
      response: { 201: ScheduledChange },
    },
  },
  revokeKey: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/keys/:keyId/revocation',
    config: { verb: 'key.revoke', scope: 'user', sudo: true },
    schema: {
      summary: 'Revoke a key at a date, unless it is stopped; the last one only when that is said',
      tags,
      params: OneKey,
      body: Due.extend({ acceptLastKey: z.boolean().optional() }),
      response: { 201: ScheduledChange },
    },
  },
  rotateKey: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users/:userId/keys/:keyId/rotation',
    config: { verb: 'key.create', scope: 'user', sudo: true },
    schema: {
      summary:
        'Generate a key in place of this one, which is revoked at a date, unless it is stopped; the secret of the new key is in this answer and nowhere else',
      tags,
      params: OneKey,
      body: Due,
      response: { 201: z.object({ key: NewAccessKey, scheduled: ScheduledChange }) },
    },
  },
} as const satisfies Routes
