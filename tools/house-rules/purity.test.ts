import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectNone } from './ratchet.ts'
import {
  importsOf,
  isNode,
  lineAt,
  programSources,
  root,
  type SourceFile,
  type SyntaxNode,
  walk,
} from './source.ts'

/** The packages whose results depend on their arguments alone, and the only foreign code each may use. */
const pure: { readonly [name: string]: readonly string[] } = {
  core: ['typebox', '@noble/hashes'],
  standards: ['saxes', 'temporal-polyfill', 'typebox', '@noble/hashes'],
}

const pureFiles = (): readonly SourceFile[] =>
  programSources().filter(({ path }) =>
    Object.keys(pure).some((name) => path.startsWith(`packages/${name}/`)),
  )

test('the compiler shows the pure packages neither Node nor the browser', () => {
  const base = readFileSync(join(root, 'tsconfig.base.json'), 'utf8')
  expect(base).toContain('"lib": ["ES2023"]')
  expect(base).toContain('"types": []')
  for (const name of Object.keys(pure)) {
    const own: { compilerOptions?: object } = JSON.parse(
      readFileSync(join(root, 'packages', name, 'tsconfig.json'), 'utf8'),
    )
    expect(Object.keys(own.compilerOptions ?? {}), name).not.toContain('lib')
    expect(Object.keys(own.compilerOptions ?? {}), name).not.toContain('types')
  }
})

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

test('the pure packages know no clock and no chance, which the language itself offers', () => {
  const wrong = pureFiles().flatMap((file) => {
    const found: string[] = []
    walk(file, (node) => {
      const what = impurity(node)
      if (what) found.push(`${file.path}:${lineAt(file, node.start)} uses ${what}: take it as an argument`)
    })
    return found
  })
  expectNone(wrong)
})

function impurity(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = `${nameOf(node['object'])}.${nameOf(node['property'])}`
    return /^(Date\.now|Math\.random|Temporal\.Now|globalThis\..*)$/.test(name) ? name : undefined
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') {
    return Array.isArray(node['arguments']) && node['arguments'].length > 0 ? undefined : 'new Date()'
  }
  return node.type === 'CallExpression' && nameOf(node['callee']) === 'Date' ? 'Date()' : undefined
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : ''
}
