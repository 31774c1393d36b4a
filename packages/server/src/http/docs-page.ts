import type { FastifyInstance } from 'fastify'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { schemaText } from './schema-text.ts'

/** The API in a form for programs, and as one plain page for people that needs no network and no script. */
export function docsEndpoints(app: FastifyInstance): readonly Endpoint[] {
  const shared = { method: 'GET', action: 'know', resource: 'product', tag: 'Reference' } as const
  return [
    endpoint({
      ...shared,
      path: '/openapi.json',
      summary: 'This API as OpenAPI 3.1',
      handle: async () => ({ status: 200, json: app.swagger() }),
    }),
    endpoint({
      ...shared,
      path: '/docs',
      summary: 'This API as a page',
      handle: async () => ({ mediaType: 'text/html; charset=utf-8', content: pageOf(app.swagger()) }),
    }),
  ]
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    name: string
    in: string
    required?: boolean
    description?: string
    schema?: unknown
  }[]
  readonly requestBody?: { content?: Record<string, { schema?: unknown }> }
  readonly responses?: Record<
    string,
    { description?: string; content?: Record<string, { schema?: unknown }> }
  >
}

function pageOf(document: object): string {
  const paths: Record<string, Record<string, Operation>> = Reflect.get(document, 'paths') ?? {}
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(all.map(({ operation }) => operation.tags?.[0] ?? 'Other'))]
  const list = tags.map((tag) => {
    const own = all.filter(({ operation }) => (operation.tags?.[0] ?? 'Other') === tag)
    return `<h2>${escaped(tag)}</h2>${own.map(sectionOf).join('')}`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lotline API</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body><main>
<h1>Lotline API</h1><p>Made from <a href="/openapi.json">openapi.json</a>. Send the header
<code>Authorization: Bearer …</code> with the token of the file <code>admin-token</code> in the data folder.
What is refused says <code>code</code>, <code>detail</code> and <code>fix</code>.</p>${list.join('')}</main></body></html>`
}

function sectionOf(entry: { path: string; method: string; operation: Operation }): string {
  const { path, method, operation } = entry
  const parameters = (operation.parameters ?? []).map(
    (each) =>
      `<tr><td><code>${escaped(each.name)}</code></td><td>${each.in}${each.required ? ', needed' : ''}</td><td>${prose(each.description ?? '')} <code>${escaped(schemaText(each.schema))}</code></td></tr>`,
  )
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const good = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))
  const gives = Object.values(good?.[1].content ?? {})[0]?.schema
  return `<section><h3><b>${method}</b> <code>${escaped(path)}</code></h3><p>${prose(operation.summary ?? '')}</p>
${operation.description ? `<p>${prose(operation.description)}</p>` : ''}
${parameters.length > 0 ? `<table>${parameters.join('')}</table>` : ''}
${body ? `<details><summary>Body</summary><pre>${prose(schemaText(body, 0))}</pre></details>` : ''}
${gives ? `<details><summary>Answer ${good?.[0]}</summary><pre>${prose(schemaText(gives, 0))}</pre></details>` : ''}</section>`
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1b1f;background:#fff}main{max-width:60rem;margin:auto;padding:1rem}
section{border-top:1px solid #ddd;padding:.5rem 0}h3{font-weight:400;margin:.3rem 0}pre{overflow:auto;background:#f6f6f8;padding:.6rem}
td{padding:.1rem .8rem .1rem 0;vertical-align:top}@media(prefers-color-scheme:dark){body{background:#17171a;color:#e8e8ec}pre{background:#222}a{color:#9cf}}`

/** Text of ours, in which backticks mark what is typed as it stands. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`\n]+)`/g, '<code>$1</code>')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
