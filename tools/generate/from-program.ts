import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../house-rules/source.ts'

/** What the reference pages need to know of a verb; core declares more. */
export interface DescribedVerb {
  readonly verb: string
  readonly event: string
  readonly version: number
  readonly about: string
  readonly schema: object
}

/** Every verb of the catalogue, in its order; none while there is no catalogue. */
export async function catalogueVerbs(): Promise<readonly DescribedVerb[]> {
  const exported = await load('packages/core/src/catalogue.ts')
  const found = Object.values(exported).flatMap((value) =>
    typeof value === 'object' && value !== null ? Object.values(value) : [],
  )
  return [...new Set(found)].filter(isVerb)
}

/** `docs/reference/openapi.json`, as the server makes it from its schemas; undefined while it makes none. */
export async function openApiPage(): Promise<string | undefined> {
  const { openApiDocument } = await load('packages/server/src/http/openapi.ts')
  return typeof openApiDocument === 'function'
    ? `${JSON.stringify(await openApiDocument(), null, 1)}\n`
    : undefined
}

async function load(path: string): Promise<Record<string, unknown>> {
  const file = join(root, path)
  if (!existsSync(file)) return {}
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href)
  return exported
}

function isVerb(value: unknown): value is DescribedVerb {
  if (typeof value !== 'object' || value === null) return false
  const has = (field: string, type: string): boolean => typeof Reflect.get(value, field) === type
  return has('verb', 'string') && has('event', 'string') && has('about', 'string') && has('schema', 'object')
}
