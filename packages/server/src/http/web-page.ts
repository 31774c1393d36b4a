import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { pathUnknown } from '../endpoint/request-refusals.ts'
import { refused } from './register.ts'

/**
 * Serves the built page: its files by name, and the page itself for every address within it, so that a bookmark of any
 * screen opens. Unknown addresses of the API stay unknown.
 */
export async function servePage(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined) return
  const files = filesBelow(webRoot)
  if (!files.has('index.html')) return
  await app.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false })
  app.route({
    method: 'GET',
    url: '/*',
    config: { action: 'know' },
    schema: { hide: true },
    handler: (request, reply) => {
      const path = decodeURIComponent(request.url.split('?')[0] ?? '/').slice(1)
      if (files.has(path) && path !== 'index.html') {
        // Built files carry their hash in the name: what has changed has another name.
        const lasting = path.startsWith('assets/')
        return reply
          .header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
          .sendFile(path)
      }
      if (/^(v1|health|docs|metrics)(\/|$)/.test(path) || /\.\w+$/.test(path))
        return refused(reply, pathUnknown(`/${path}`))
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    },
  })
}

function filesBelow(root: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true })
    return new Set(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set()
    throw error
  }
}
