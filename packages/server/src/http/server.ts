import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify'
import { isRefusal } from '@lotline/core/base/refusal'
import type { Entry } from '../access/subject.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { bodyBytesMax, readBody } from '../endpoint/json-body.ts'
import { passingFault, retryAfterSeconds } from '../endpoint/passing-fault.ts'
import { faultProblem, problemType } from '../endpoint/problem.ts'
import {
  bodyTooLarge,
  mediaTypeUnknown,
  pathUnknown,
  requestMalformed,
} from '../endpoint/request-refusals.ts'
import { refused, register } from './register.ts'
import { Figures } from './figures.ts'
import { docsEndpoints } from './docs-page.ts'
import { sayShape } from '../endpoint/shape-errors.ts'
import { servePage } from './web-page.ts'

export interface ServerPlan {
  readonly endpoints: readonly Endpoint[]
  readonly entry: Entry
  /** Built page; none in tests. */
  readonly webRoot?: string | undefined
  readonly logger?: FastifyBaseLogger | undefined
  readonly figures?: Figures
}

/** The HTTP server with all its routes, not yet listening. */
export async function buildServer(plan: ServerPlan): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...(plan.logger === undefined ? {} : { loggerInstance: plan.logger }),
    bodyLimit: bodyBytesMax,
    // Requests get an id of our own: one from outside could be used to write into the log.
    genReqId: () => randomUUID(),
    // Long enough for a large file, short enough for whoever sends a byte a minute.
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 2_000 },
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  // Answers are written as they are: a serialiser made from the schema would drop what it does not know.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  await app.register(cookie)
  app.decorateRequest('subject')
  refuseUndeclared(app)
  readJsonStrictly(app)
  answerErrors(app)
  await app.register(helmet, {
    contentSecurityPolicy: { directives: policyDirectives },
    hsts: false,
    frameguard: { action: 'deny' },
  })
  await app.register(swagger, { openapi: aboutApi })
  const figures = plan.figures ?? new Figures()
  figures.watch(app)
  for (const route of [...plan.endpoints, ...docsEndpoints(app), figures.endpoint()])
    register(app, route, plan.entry)
  await servePage(app, plan.webRoot)
  return app
}

/** Nothing from elsewhere, no inline scripts; styles may be set by the page's own components. */
const policyDirectives = {
  defaultSrc: ["'self'"],
  // The camera's decoder is WebAssembly; that word allows it and no other code made from text.
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  mediaSrc: ["'self'", 'blob:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
}

const aboutApi = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Lotline',
    version: '1',
    description:
      'Facts go in by POST /v1/captures; any identifier gives its answers by GET /v1/answers. Refusals are problem+json with a stable code and what to do.',
  },
  components: {
    securitySchemes: {
      token: {
        type: 'http' as const,
        scheme: 'bearer',
        description: 'Token of the file admin-token in the data folder',
      },
    },
  },
}

/** A route that does not say what it does never starts: nobody could decide who may use it. */
function refuseUndeclared(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.action === undefined) throw new Error(`the route ${route.url} declares no action`)
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store')
    reply.header('x-request-id', request.id)
  })
}

function readJsonStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const read = readBody(body.toString())
    if (isRefusal(read)) done(Object.assign(new Error(read.code), { refusal: read, statusCode: 400 }))
    else done(null, read)
  })
}

function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => refused(reply, pathUnknown(request.url.split('?')[0] ?? '')))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = refusalFrom(error, request.headers['content-type'])
    if (known) return refused(reply, known)
    const passing = passingFault(error, request.id)
    if (passing) reply.header('retry-after', retryAfterSeconds)
    request.log.error({ err: error, id: request.id }, 'a request met a fault')
    const problem = passing ?? faultProblem(request.id)
    return reply.code(problem.status).type(problemType).send(JSON.stringify(problem))
  })
}

function refusalFrom(error: FastifyError, mediaType: string | undefined) {
  if ('refusal' in error && isRefusal(error.refusal)) return error.refusal
  if (error.validation) return sayShape(error.validation, (field, says) => requestMalformed(field, says))
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(bodyBytesMax)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return mediaTypeUnknown(mediaType ?? '')
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return requestMalformed('body', 'is empty or cut short')
    default:
      return undefined
  }
}
