import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { absoluteHours } from '../access/sign-in-session.ts'

/**
 * Over TLS the name itself makes browsers refuse a cookie that another host or an unprotected page has set. Without TLS, on
 * the loopback address only, browsers would refuse that name.
 */
const overTls = '__Host-lotline-session'
const onLoopback = 'lotline-session'

export function keptSession(request: FastifyRequest): string | undefined {
  return request.cookies[isTls(request) ? overTls : onLoopback]
}

/** No script can read it, and no other site's page can have it sent. */
export function keepSession(request: FastifyRequest, reply: FastifyReply, secret: string | null): void {
  const secure = isTls(request)
  const name = secure ? overTls : onLoopback
  const rules = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  if (secret === null) void reply.clearCookie(name, rules)
  else void reply.setCookie(name, secret, { ...rules, maxAge: absoluteHours * 3_600 })
}

/** A proxy in front says so. Whoever claims it falsely only gets stricter rules for their own browser. */
function isTls(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
}
