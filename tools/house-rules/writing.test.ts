import { expect, test } from 'vitest'
import { expectNone } from './ratchet.ts'
import {
  allSources,
  commentsOf,
  isNode,
  isTest,
  lineAt,
  lineCount,
  programSources,
  repositoryFiles,
  type SourceFile,
  type SyntaxNode,
  walk,
} from './source.ts'

/** Per thousand lines of the program. */
const anyMax = 1
const asMax = 3

test('types are rarely overruled: `any` and `as` stay below their share', () => {
  const files = programSources().map((file) => ({
    path: file.path,
    ...overruled(file),
    lines: lineCount(file),
  }))
  const thousands = Math.max(1, files.reduce((sum, { lines }) => sum + lines, 0) / 1000)
  const worst = (of: 'anys' | 'casts'): string =>
    files
      .toSorted((a, b) => b[of] - a[of])
      .slice(0, 8)
      .map((file) => `${file.path}: ${file[of]}`)
      .join(', ')
  const total = (of: 'anys' | 'casts'): number => files.reduce((sum, file) => sum + file[of], 0) / thousands
  expect(total('anys'), `any per 1000 lines; most in ${worst('anys')}`).toBeLessThanOrEqual(anyMax)
  expect(total('casts'), `as per 1000 lines; most in ${worst('casts')}`).toBeLessThanOrEqual(asMax)
})

test('a caught error is answered, and only the command line talks to the terminal', () => {
  const wrong = allSources().flatMap((file) => {
    const found: string[] = []
    walk(file, (node) => {
      const where = `${file.path}:${lineAt(file, node.start)}`
      if (node.type === 'CatchClause' && isEmpty(node['body']))
        found.push(`${where} catches and does nothing`)
      if (isConsole(node) && !mayTalk(file.path)) found.push(`${where} writes to the console`)
    })
    return found
  })
  expectNone(wrong)
})

test('exports are named where they are made: no barrels, no default export but in a tool’s own set-up', () => {
  const wrong = programSources().flatMap((file) => {
    const found: string[] = []
    walk(file, (node) => {
      if (node.type === 'ExportAllDeclaration') found.push(`${file.path} passes on another file's exports`)
    })
    if (/\/index\.tsx?$/.test(file.path)) found.push(`${file.path} is named index`)
    return found
  })
  expectNone(wrong)
})

test('nothing is left for later without being said where it will be found', () => {
  const wrong = allSources().flatMap((file) =>
    commentsOf(file)
      .filter(({ text }) => /\b(TODO|FIXME|HACK|XXX)\b/.test(text))
      .map(({ line }) => `${file.path}:${line}`),
  )
  expectNone(wrong)
})

test('files are kebab-case and named after what they talk about', () => {
  const vague = /^(utils?|helpers?|manager|service|types|common|misc|shared)$/
  const vagueEnd = /(^|[-.])(utils?|helpers?|manager)$/
  const wrong = repositoryFiles()
    .map(({ path }) => path)
    .filter((path) => /^(packages|scenarios|tools|bench)\//.test(path) && /\.(tsx?|mjs|sql|css)$/.test(path))
    .flatMap((path) => {
      const stem = (path.split('/').at(-1) ?? '').replace(/\.(d\.ts|tsx?|mjs|sql|css)$/, '')
      const name = stem.replace(/\.(int|access|browser|long)?\.?(test|testing|scenario|story|config)$/, '')
      if (!/^[a-z0-9]+([-_.][a-z0-9]+)*$/.test(name)) return [`${path} is not kebab-case`]
      if (name.includes('_') && !path.endsWith('.sql')) return [`${path} is not kebab-case`]
      if (vague.test(name) || vagueEnd.test(name)) return [`${path} says nothing: name it after what it does`]
      return []
    })
  expectNone(wrong)
})

function overruled(file: SourceFile): { anys: number; casts: number } {
  let [anys, casts] = [0, 0]
  walk(file, (node) => {
    if (node.type === 'TSAnyKeyword') anys++
    if (node.type === 'TSTypeAssertion' || (node.type === 'TSAsExpression' && !isConst(node))) casts++
  })
  return { anys, casts }
}

/** `as const` narrows and overrules nothing. */
function isConst(node: SyntaxNode): boolean {
  const type = node['typeAnnotation']
  const name = isNode(type) ? type['typeName'] : undefined
  return isNode(name) && name['name'] === 'const'
}

function isEmpty(block: unknown): boolean {
  return isNode(block) && Array.isArray(block['body']) && block['body'].length === 0
}

function isConsole(node: SyntaxNode): boolean {
  const object = node.type === 'MemberExpression' ? node['object'] : undefined
  return isNode(object) && object.type === 'Identifier' && object['name'] === 'console'
}

function mayTalk(path: string): boolean {
  return /^(packages\/cli|tools|bench)\//.test(path) || isTest(path)
}
