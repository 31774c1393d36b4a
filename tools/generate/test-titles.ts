import { isNode, repositoryFiles, type SourceFile, type SyntaxNode, walk } from '../house-rules/source.ts'

/** A test or story, with the requirements it says it proves. */
export interface TestTitle {
  readonly path: string
  /** Without the ids in front. */
  readonly title: string
  readonly proves: readonly string[]
}

const testMakers = new Set(['test', 'it', 'story', 'scenario'])
const leadingIds = /^\s*((?:\[[^\]]*\]\s*)+)(.*)$/s

/**
 * Every test of the repository, read from the sources and not from a run, in order of path. A `describe` that begins with
 * ids gives them to the tests inside.
 */
export function testTitles(): readonly TestTitle[] {
  return repositoryFiles()
    .filter(({ path }) => /\.(test|testing|scenario)\.tsx?$/.test(path) && !path.startsWith('tools/'))
    .flatMap(titlesOf)
}

/** Reads `[A1 B2] [C3] a lot is found` as its ids and its words. */
export function readTitle(text: string): { ids: readonly string[]; words: string } {
  const [, brackets = '', words = text] = leadingIds.exec(text) ?? []
  return { ids: brackets.match(/[A-Za-z]+\d+/g) ?? [], words: words.trim() }
}

function titlesOf(file: SourceFile): TestTitle[] {
  const titles: TestTitle[] = []
  walk(file, (node, parents) => {
    const text = callText(node, testMakers)
    if (text === undefined) return
    const around = parents.flatMap((parent) => {
      const title = callText(parent, new Set(['describe', 'suite']))
      return title === undefined ? [] : readTitle(title).ids
    })
    const { ids, words } = readTitle(text)
    titles.push({ path: file.path, title: words, proves: [...new Set([...around, ...ids])] })
  })
  return titles
}

/** The first argument of a call to one of the makers, also of `test.each(rows)(title)` and `test.skipIf(x)(title)`. */
function callText(node: SyntaxNode, makers: ReadonlySet<string>): string | undefined {
  if (node.type !== 'CallExpression' || !makers.has(rootName(node['callee']))) return undefined
  const first = Array.isArray(node['arguments']) ? node['arguments'][0] : undefined
  return plainText(first)
}

function rootName(callee: unknown): string {
  if (!isNode(callee)) return ''
  if (callee.type === 'Identifier') return String(callee['name'])
  return rootName(callee['object'] ?? callee['callee'] ?? callee['tag'])
}

/** The text of a literal or template; what is filled in reads as `hole` says, else as `…`. */
export function plainText(node: unknown, hole: (filled: unknown) => string = () => '…'): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node.type === 'BinaryExpression') {
    const [left, right] = [plainText(node['left'], hole), plainText(node['right'], hole)]
    if (left === undefined && right === undefined) return undefined
    return (left ?? hole(node['left'])) + (right ?? hole(node['right']))
  }
  const [quasis, filled] = [node['quasis'], node['expressions']]
  if (node.type !== 'TemplateLiteral' || !Array.isArray(quasis) || !Array.isArray(filled)) return undefined
  return quasis
    .map(
      (part, index) =>
        (isNode(part) ? cooked(part['value']) : '') + (index < filled.length ? hole(filled[index]) : ''),
    )
    .join('')
}

function cooked(value: unknown): string {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'cooked') : undefined
  return typeof text === 'string' ? text : ''
}
