import pg from 'pg'
import { instantOf } from '@lotline/core/base/instant'
import { GatheringSocket } from './gathering-socket.ts'

/** The one schema of the product; other programs may share the database. */
export const schemaName = 'lotline'

/** How a connection is made: to whom, as which role, against which schema. */
export interface SessionPlan {
  readonly connectionString?: string
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  readonly password?: string
  /** Role taken on at connect, where the login is another. */
  readonly role?: string
}

/**
 * Connection settings of every session: our schema only, UTC, ISO dates, durable commits. Queries of one transaction are
 * sent without waiting for each other's answers (pipeline); they still run in order.
 */
export function sessionConfig(plan: SessionPlan): pg.ClientConfig {
  const { role, ...target } = plan
  const settings = [
    `-c search_path=${schemaName}`,
    '-c timezone=UTC',
    '-c datestyle=ISO',
    ...(role === undefined ? [] : [`-c role=${role}`]),
  ]
  return {
    ...target,
    options: settings.join(' '),
    application_name: 'lotline',
    pipeline: true,
    stream: () => new GatheringSocket(),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: parserOf },
  }
}

/**
 * Values as the program keeps them: integers of 64 bits and numerics stay text (exact), instants become our one
 * spelling, dates stay `YYYY-MM-DD`.
 */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === pg.types.builtins.TIMESTAMPTZ) return instantText
  if (oid === pg.types.builtins.DATE) return (value) => value
  return pg.types.getTypeParser(oid, format)
}

/** `2026-11-21 09:12:58.1+00` as `2026-11-21T09:12:58.100Z`. The session speaks UTC, so the offset is always `+00`. */
export function instantText(value: string): string {
  if (!value.endsWith('+00') || value.length < 22) return value
  const seconds = value.slice(11, 19)
  const fraction = value.slice(20, -3)
  if (value[10] !== ' ' || fraction.length > 3) return instantOf(Date.parse(value))
  return `${value.slice(0, 10)}T${seconds}.${fraction.padEnd(3, '0')}Z`
}
