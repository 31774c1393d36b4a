import {
  isNode,
  lineAt,
  programSources,
  type SourceFile,
  type SyntaxNode,
  walk,
} from '../house-rules/source.ts'
import { plainText } from './test-titles.ts'

/** One place in the program that refuses. */
export interface RefusalPlace {
  /** As written; `…` stands for what is filled in when it happens. */
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly path: string
  readonly line: number
}

/** Every call of `refuse` in the program, by code, then path. */
export function refusalPlaces(): readonly RefusalPlace[] {
  return programSources()
    .flatMap(placesOf)
    .toSorted((a, b) => compare(a.code, b.code) || compare(a.path, b.path) || a.line - b.line)
}

/** Whether a test names this code; one that is filled in is named by any that fits. */
export function isNamed(code: string, text: string): boolean {
  const pattern = code
    .split('…')
    .map((part) => part.replace(/[^\w]/g, '\\$&'))
    .join('[a-z_]+')
  return new RegExp(`['"\`]${pattern}['"\`]`).test(text)
}

function placesOf(file: SourceFile): RefusalPlace[] {
  const found: RefusalPlace[] = []
  walk(file, (node) => {
    const callee = node['callee']
    if (node.type !== 'CallExpression' || !isNode(callee) || callee['name'] !== 'refuse') return
    const [codeNode, say] = Array.isArray(node['arguments']) ? node['arguments'] : []
    for (const code of codesOf(codeNode)) {
      found.push({
        code,
        message: textOf(say, 'message'),
        fix: textOf(say, 'fix'),
        path: file.path,
        line: lineAt(file, node.start),
      })
    }
  })
  return found
}

/** A literal, a template, or the two sides of a choice; nothing for a code that is passed on from elsewhere. */
function codesOf(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'ConditionalExpression')
    return [...codesOf(node['consequent']), ...codesOf(node['alternate'])]
  const text = plainText(node)
  return text === undefined ? [] : [text]
}

function textOf(say: unknown, field: string): string {
  const properties: unknown = isNode(say) ? say['properties'] : undefined
  if (!Array.isArray(properties)) return '…'
  const property = properties.find((one: unknown): one is SyntaxNode => isNode(one) && keyOf(one) === field)
  return plainText(property?.['value'], nameOfHole) ?? '…'
}

/** `{lot}` for `${lot}`, `${ask.lot}` and `${JSON.stringify(lot)}`; `…` for what has no simple name. */
function nameOfHole(filled: unknown): string {
  if (!isNode(filled)) return '…'
  if (filled.type === 'Identifier') return `{${String(filled['name'])}}`
  if (filled.type === 'MemberExpression' && isNode(filled['property'])) return nameOfHole(filled['property'])
  if (filled.type === 'TSNonNullExpression') return nameOfHole(filled['expression'])
  const given = filled.type === 'CallExpression' ? filled['arguments'] : undefined
  return Array.isArray(given) && given.length > 0 ? nameOfHole(given[0]) : '…'
}

function keyOf(property: SyntaxNode): unknown {
  const key = property['key']
  return isNode(key) ? key['name'] : undefined
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
