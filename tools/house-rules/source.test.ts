import { expect, test } from 'vitest'
import {
  commentsOf,
  importsOf,
  isTest,
  lineAt,
  lineCount,
  type SourceFile,
  targetOf,
  walk,
} from './source.ts'

const file: SourceFile = {
  path: 'packages/core/src/warehouse/sample.ts',
  text: [
    `import type { View } from '../base/view.ts'`,
    `export { split } from './split.ts'`,
    `// why it is so`,
    `export async function later() {`,
    `  return import('@lotline/core/quality/usable')`,
    `}`,
    '',
  ].join('\n'),
}

test('imports are found, whether written, passed on or dynamic, types too', () => {
  expect(importsOf(file)).toEqual([
    { from: '../base/view.ts', line: 1 },
    { from: './split.ts', line: 2 },
    { from: '@lotline/core/quality/usable', line: 5 },
  ])
})

test('an import leads to a file of the repository, or to a package that is not ours', () => {
  expect(targetOf(file, '../base/view.ts')).toBe('packages/core/src/base/view.ts')
  expect(targetOf(file, '@lotline/core/quality/usable')).toBe('packages/core/src/quality/usable.ts')
  expect(targetOf(file, '#base/view.ts')).toBe('packages/core/src/base/view.ts')
  expect(targetOf(file, 'typebox')).toBeUndefined()
})

test('lines are counted as an editor shows them', () => {
  expect(lineCount(file)).toBe(6)
  expect(lineAt(file, 0)).toBe(1)
  expect(lineAt(file, file.text.indexOf('return'))).toBe(5)
  expect(commentsOf(file)).toEqual([{ text: ' why it is so', line: 3 }])
})

test('a walk meets outer nodes before inner ones and tells what is around them', () => {
  const functions: string[][] = []
  walk(file, (node, parents) => {
    if (node.type === 'ImportExpression') functions.push(parents.map(({ type }) => type))
  })
  expect(functions).toEqual([
    ['Program', 'ExportNamedDeclaration', 'FunctionDeclaration', 'BlockStatement', 'ReturnStatement'],
  ])
})

test('tests and what only tests use are told from the program', () => {
  const paths = [
    'core/src/a.test.ts',
    'web/src/a.test.tsx',
    'server/src/testing.ts',
    'server/src/plant.testing.ts',
  ]
  expect(paths.every((path) => isTest(`packages/${path}`))).toBe(true)
  expect(isTest('scenarios/heat.scenario.ts')).toBe(true)
  expect(isTest('packages/core/src/quality/test-result.ts')).toBe(false)
})
