import { test } from 'vitest'
import { expectNone } from './ratchet.ts'
import {
  importsOf,
  isNode,
  lineAt,
  programSources,
  type SourceFile,
  type SyntaxNode,
  walk,
} from './source.ts'

/** The packages whose results depend on their arguments alone, and the only foreign code each may use. */
const pure: { readonly [name: string]: readonly string[] } = {
  core: ['typebox', '@noble/hashes'],
  standards: ['saxes', 'temporal-polyfill', 'typebox', '@noble/hashes'],
}

/** Names that reach out of the program: the clock, chance, the network, the machine. */
const reachOut = new Set([
  'performance',
  'process',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'localStorage',
  'document',
  'window',
  'Buffer',
])

const pureFiles = (): readonly SourceFile[] =>
  programSources().filter(({ path }) =>
    Object.keys(pure).some((name) => path.startsWith(`packages/${name}/`)),
  )

test('the pure packages import nothing that reads or writes', () => {
  const wrong = pureFiles().flatMap((file) => {
    const allowed = pure[file.path.split('/')[1] ?? ''] ?? []
    return importsOf(file)
      .filter(({ from }) => !from.startsWith('.') && !from.startsWith('@lotline/'))
      .filter(({ from }) => !allowed.some((name) => from === name || from.startsWith(`${name}/`)))
      .map(({ from, line }) => `${file.path}:${line} imports ${from}`)
  })
  expectNone(wrong)
})

test('the pure packages know no clock, no chance and no machine', () => {
  const wrong = pureFiles().flatMap((file) => {
    const found: string[] = []
    walk(file, (node, parents) => {
      const what = impurity(node, parents)
      if (what) found.push(`${file.path}:${lineAt(file, node.start)} uses ${what}: take it as an argument`)
    })
    return found
  })
  expectNone(wrong)
})

function impurity(node: SyntaxNode, parents: readonly SyntaxNode[]): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = `${nameOf(node['object'])}.${nameOf(node['property'])}`
    return name === 'Date.now' || name === 'Math.random' ? name : undefined
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') {
    return Array.isArray(node['arguments']) && node['arguments'].length > 0 ? undefined : 'new Date()'
  }
  if (node.type === 'CallExpression' && nameOf(node['callee']) === 'Date') return 'Date()'
  if (node.type !== 'Identifier' || !reachOut.has(nameOf(node))) return undefined
  return isReference(node, parents.at(-1)) ? nameOf(node) : undefined
}

/** Whether an identifier stands for a value from outside, not for a field, a parameter or a variable of that name. */
function isReference(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression') return parent['object'] === node
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') return parent['callee'] === node
  return false
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : ''
}
