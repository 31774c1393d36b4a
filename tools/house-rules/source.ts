import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** One file of the repository, by its path from the root with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A node of a syntax tree (ESTree with TypeScript's additions). */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [part: string]: unknown
}

export interface ImportOf {
  /** As written: `../base/view.ts`, `@lotline/core/base/view`, `node:fs`. */
  readonly from: string
  readonly line: number
}

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const notOurs = new Set(['node_modules', '.git', '.lotline', 'coverage', 'bench-out'])

let listed: readonly SourceFile[] | undefined

/** Every text file of the repository that people write. Read once per run. */
export function repositoryFiles(): readonly SourceFile[] {
  listed ??= pathsBelow('').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  return listed
}

/** The program's own sources: what ships, without tests and what only tests use. */
export function programSources(): readonly SourceFile[] {
  return repositoryFiles().filter(
    ({ path }) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path) && !isTest(path) && !path.endsWith('.d.ts'),
  )
}

/** TypeScript and JavaScript that people write anywhere in the repository. */
export function allSources(): readonly SourceFile[] {
  return repositoryFiles().filter(({ path }) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'))
}

/** Whether a file holds tests or what only tests use. */
export function isTest(path: string): boolean {
  return /([./](test|testing|scenario)|\/global-setup)\.tsx?$/.test(path) || path.startsWith('scenarios/')
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) {
      return notOurs.has(entry.name) || /^dist(\.|$)/.test(entry.name) ? [] : pathsBelow(path)
    }
    const text =
      /\.(ts|tsx|mjs|js|json|md|sql|css|html|ya?ml|csv|txt|xml)$/.test(entry.name) || path === '.ci/run'
    return entry.isFile() && text && entry.name !== 'package-lock.json' ? [path] : []
  })
}

const trees = new Map<string, ReturnType<typeof parseSync>>()

function parsed(file: SourceFile): ReturnType<typeof parseSync> {
  let tree = trees.get(file.path)
  if (!tree) {
    tree = parseSync(file.path, file.text)
    trees.set(file.path, tree)
  }
  return tree
}

/** Calls `visit` for every node of a file's syntax tree, outer before inner. O(nodes). */
export function walk(
  file: SourceFile,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
): void {
  const parents: SyntaxNode[] = []
  const enter = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const part of value) enter(part)
      return
    }
    if (!isNode(value)) return
    visit(value, parents)
    parents.push(value)
    for (const part of Object.values(value)) if (typeof part === 'object') enter(part)
    parents.pop()
  }
  enter(parsed(file).program)
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
}

/** What a file imports or re-exports, types included, written or dynamic with a plain text. */
export function importsOf(file: SourceFile): readonly ImportOf[] {
  const { module } = parsed(file)
  const found: ImportOf[] = []
  const add = (from: string, at: number): void => void found.push({ from, line: lineAt(file, at) })
  for (const one of module.staticImports) add(one.moduleRequest.value, one.start)
  for (const one of module.staticExports) {
    for (const entry of one.entries) if (entry.moduleRequest) add(entry.moduleRequest.value, one.start)
  }
  for (const one of module.dynamicImports) {
    const written = file.text.slice(one.moduleRequest.start, one.moduleRequest.end)
    const plain = /^['"](.*)['"]$/.exec(written)
    if (plain?.[1] !== undefined) add(plain[1], one.start)
  }
  return found
}

/** The comments of a file with the line each begins on. */
export function commentsOf(file: SourceFile): readonly { text: string; line: number }[] {
  return parsed(file).comments.map((comment) => ({ text: comment.value, line: lineAt(file, comment.start) }))
}

/** Line number of a character, from 1. */
export function lineAt(file: SourceFile, at: number): number {
  let line = 1
  for (let next = file.text.indexOf('\n'); next !== -1 && next < at; next = file.text.indexOf('\n', next + 1))
    line++
  return line
}

/** Number of lines of a file, a last line without its end counted too. */
export function lineCount(file: SourceFile): number {
  return file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0)
}

/** The path a file's import leads to, from the root; undefined for packages that are not ours. */
export function targetOf(file: SourceFile, from: string): string | undefined {
  if (from.startsWith('.')) return posix.join(posix.dirname(file.path), from.replace(/\?.*$/, ''))
  const inPackage = /^packages\/[^/]+/.exec(file.path)?.[0]
  if (from.startsWith('#') && inPackage !== undefined) return `${inPackage}/src/${from.slice(1)}`
  const own = /^@lotline\/([^/]+)\/(.+)$/.exec(from)
  return own ? `packages/${own[1]}/src/${own[2]}.ts` : undefined
}
