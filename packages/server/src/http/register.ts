import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { type Action, decide, type Subject } from '../access/policy.ts'
import {
  type Caller,
  type Entry,
  isForeignPage,
  isKeySecret,
  isOwnPage,
  saysItsPage,
  subjectOf,
  tokenIn,
} from '../access/subject.ts'
import type { Ask, Content, Endpoint, Lines, Reply, Sent } from '../endpoint/endpoint.ts'
import { Problem, problemOf, problemType } from '../endpoint/problem.ts'
import { uploadBytesMax } from '../endpoint/upload.ts'
import { fieldBytesMax, formFilesMax, receiveFile } from './receive-file.ts'
import { keptSession, keepSession } from './session-cookie.ts'
import {
  foreignPage,
  keyRefused,
  notAllowed,
  pageUnsaid,
  sessionOver,
  tokenMissing,
  tokenWrong,
} from '../endpoint/request-refusals.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does; a route without one is refused at start. */
    action?: Action
  }
  interface FastifyRequest {
    subject: Subject
  }
}

/** Puts a route on the server: rights first, then shape, then the handler, then its reply on the wire. */
export function register(app: FastifyInstance, route: Endpoint, entry: Entry): void {
  if (route.takesFile) {
    void app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      await scope.register(multipart, {
        limits: { files: formFilesMax, fields: 20, fieldSize: fieldBytesMax },
        // Who takes the file says its limit; a reader that throws would not.
        throwFileSizeLimit: false,
      })
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
      addRoute(scope, route, entry)
    })
  } else addRoute(app, route, entry)
}

function addRoute(app: FastifyInstance, route: Endpoint, entry: Entry): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { action: route.action },
    schema: {
      tags: [route.tag],
      summary: route.summary,
      ...(route.about === undefined ? {} : { description: route.about }),
      ...(route.query === undefined ? {} : { querystring: route.query }),
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.body === undefined ? {} : { body: route.body }),
      ...(route.action === 'know' ? {} : { security: [{ token: [] }] }),
      response: responsesOf(route),
    },
    ...(route.takesFile ? { bodyLimit: uploadBytesMax } : {}),
    ...(route.checksBody ? { validatorCompiler: () => () => true } : {}),
    onRequest: async (request, reply) => {
      const caller = callerOf(request)
      request.subject = await subjectOf(caller, entry, {
        about: `${route.method} ${route.path}`,
        request: request.id,
      })
      const refusal = refuseCaller(request.subject, caller, route)
      if (refusal === undefined) return undefined
      await entry.denied?.(request.subject, route, fromOf(request))
      return refused(reply, refusal)
    },
    handler: async (request, reply) => {
      const denied = new Map<string, Pick<Endpoint, 'action' | 'resource'>>()
      const given = await route.handle(askOf(request, reply, denied))
      for (const each of denied.values())
        await entry.denied?.(
          request.subject,
          { ...each, method: route.method, path: route.path },
          fromOf(request),
        )
      return send(reply, given)
    },
  })
}

function responsesOf(route: Endpoint) {
  return {
    ...(route.gives === undefined ? {} : { [route.givesStatus ?? 200]: route.gives }),
    default: {
      description: 'Refused: says what happened and what to do now',
      content: { [problemType]: { schema: Problem } },
    },
  }
}

/** Why this caller may not do this; undefined when it may. */
function refuseCaller(subject: Subject, caller: Caller, route: Endpoint): Refusal | undefined {
  if (route.method !== 'GET') {
    // A page of another site may not make a browser write here, whatever it carries.
    if (isForeignPage(caller)) return foreignPage()
    if (subject.kind === 'person' && !saysItsPage(caller)) return pageUnsaid()
  }
  const decision = decide(subject, route.action, route.resource)
  if (decision.allowed) return undefined
  if (subject.kind !== 'stranger') return notAllowed(route.action, route.resource, decision.roles)
  if (caller.authorization !== undefined)
    return isKeySecret(tokenIn(caller) ?? '') ? keyRefused() : tokenWrong()
  return caller.session === undefined ? tokenMissing() : sessionOver()
}

function callerOf(request: FastifyRequest): Caller {
  const { headers } = request
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
  return {
    authorization: headers.authorization,
    session: keptSession(request),
    address: request.socket.remoteAddress ?? '',
    host: headers.host ?? '',
    origin: one(headers.origin),
    fetchSite: one(headers['sec-fetch-site']),
  }
}

function fromOf(request: FastifyRequest) {
  return {
    address: request.socket.remoteAddress ?? '',
    name: request.headers['user-agent'] ?? '',
    request: request.id,
  }
}

function askOf(
  request: FastifyRequest,
  reply: FastifyReply,
  denied: Map<string, Pick<Endpoint, 'action' | 'resource'>>,
): Ask<never, never, never> {
  return {
    refuse: (action, resource, site) => {
      const decision = decide(request.subject, action, resource, site)
      if (decision.allowed) return undefined
      denied.set(`${action} ${resource}`, { action, resource })
      return notAllowed(action, resource, decision.roles)
    },
    query: request.query as never,
    params: request.params as never,
    body: request.body as never,
    subject: request.subject,
    id: request.id,
    from: fromOf(request),
    isOwnPage: isOwnPage(callerOf(request)),
    keepSession: (secret) => keepSession(request, reply, secret),
    upload: (into) => receiveFile(request, into),
    lines: (request.headers.accept ?? '').includes('application/x-ndjson'),
    header: (name) => {
      const value = request.headers[name.toLowerCase()]
      return Array.isArray(value) ? value[0] : value
    },
    say: (name, value) => void reply.header(name, value),
  }
}

/** Writes a refusal as a problem, with the request's correlation id. */
export function refused(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal, reply.request.id)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type(problemType).send(JSON.stringify(problem))
}

function send(reply: FastifyReply, given: Reply): FastifyReply {
  if (isRefusal(given)) return refused(reply, given)
  if (isLines(given)) {
    return reply.type('application/x-ndjson').send(Readable.from(textLines(given.lines)))
  }
  if (isContent(given)) {
    if (given.fileName !== undefined) reply.header('content-disposition', attachment(given.fileName))
    return reply.type(given.mediaType).send(given.content)
  }
  const { status, json } = isSent(given) ? given : { status: 200, json: given }
  return reply.code(status).type('application/json').send(JSON.stringify(json))
}

/** Lines gathered to blocks of about 64 kB: one write a row would cost more than the row. */
async function* textLines(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  let block = ''
  for await (const line of lines) {
    block += `${JSON.stringify(line)}\n`
    if (block.length < 65_536) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

/** Always saved, never shown: a stored file may hold anything. */
function attachment(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
}

function isLines(reply: Exclude<Reply, Refusal>): reply is Lines {
  return 'lines' in reply && typeof reply.lines === 'object'
}

function isContent(reply: Exclude<Reply, Refusal>): reply is Content {
  return 'mediaType' in reply && 'content' in reply
}

function isSent(reply: Exclude<Reply, Refusal>): reply is Sent {
  return 'status' in reply && 'json' in reply
}
