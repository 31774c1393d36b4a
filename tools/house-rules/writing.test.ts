import { test } from 'vitest'
import { overruledShare, overruledTypes } from './measures.ts'
import { toleratedBy } from './ratchet-file.ts'
import { expectNone } from './ratchet.ts'
import {
  allSources,
  commentsOf,
  isNode,
  isTest,
  lineAt,
  programSources,
  repositoryFiles,
  type SyntaxNode,
  walk,
} from './source.ts'

test('types are rarely overruled: at most one `any` and three `as` in a thousand lines', () => {
  const worst = overruledTypes()
    .toSorted((a, b) => b.casts + b.anys - a.casts - a.anys)
    .slice(0, 8)
    .map(({ path, anys, casts }) => `${path}: ${anys} any, ${casts} as`)
  const tolerated = toleratedBy('types overruled per thousand lines')
  expectNone(
    Object.entries(overruledShare())
      .filter(([word, share]) => share > (tolerated[word] ?? 0))
      .map(([word, share]) => `${share} ${word} in a thousand lines; most in\n    ${worst.join('\n    ')}`),
  )
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
