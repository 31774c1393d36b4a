import { statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
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
  const root = resolve(webRoot)
  if (!isBuilt(root, 'index.html')) return
  await app.register(fastifyStatic, { root, serve: false, cacheControl: false })
  app.route({
    method: 'GET',
    url: '/*',
    config: { action: 'know' },
    schema: { hide: true },
    handler: (request, reply) => {
      const path = decodeURIComponent(request.url.split('?')[0] ?? '/').slice(1)
      if (path !== 'index.html' && isBuilt(root, path)) {
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

/** Asked for each request, because a new build has files of other names. One look at the disk. */
function isBuilt(root: string, path: string): boolean {
  const file = join(root, path)
  if (!file.startsWith(`${root}${sep}`) || file.includes('\0')) return false
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}
