import { expect, test } from 'vitest'
import { importCycles, mutualFolders } from './cycles.ts'
import type { SourceFile } from './source.ts'

/** `a/one > b/two` is a file that imports another, in a package of its own for each test. */
function files(name: string, ...imports: string[]): SourceFile[] {
  const texts = new Map<string, string>()
  for (const line of imports) {
    const [from = '', to] = line.split(' > ')
    texts.set(from, `${texts.get(from) ?? ''}import '@lotline/${name}/${to}'\n`)
    if (to !== undefined && !texts.has(to)) texts.set(to, '')
  }
  return [...texts].map(([path, text]) => ({ path: `packages/${name}/src/${path}.ts`, text }))
}

test('files that import each other around a corner are found as one group', () => {
  const found = importCycles(
    files('ring', 'a/x > a/y', 'a/y > b/z', 'b/z > a/x', 'a/x > b/end', 'b/start > a/x'),
  )
  expect(found).toHaveLength(1)
  expect(found[0]?.toSorted()).toEqual([
    'packages/ring/src/a/x.ts',
    'packages/ring/src/a/y.ts',
    'packages/ring/src/b/z.ts',
  ])
})

test('a file that imports itself is a cycle, a diamond is none', () => {
  expect(importCycles(files('self', 'x > x'))).toHaveLength(1)
  expect(importCycles(files('diamond', 'top > left', 'top > right', 'left > end', 'right > end'))).toEqual([])
})

test('two folders that import each other are named with both imports', () => {
  expect(mutualFolders(files('pair', 'a/x > b/y', 'b/z > a/w'))).toEqual([
    'packages/pair/src/a <-> packages/pair/src/b: packages/pair/src/a/x.ts imports packages/pair/src/b/y.ts, ' +
      'and packages/pair/src/b/z.ts imports packages/pair/src/a/w.ts',
  ])
  expect(mutualFolders(files('oneway', 'a/x > b/y', 'a/z > b/w'))).toEqual([])
})
