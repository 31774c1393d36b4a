import { test } from 'vitest'
import { climbingImports } from './measures.ts'
import { expectNone, expectRatchet } from './ratchet.ts'
import { importCycles, mutualFolders } from './cycles.ts'
import { allSources, importsOf, isTest, programSources, type SourceFile, targetOf } from './source.ts'

/** What each package may import, besides itself and what its package.json names. */
const mayImport: { readonly [name: string]: readonly string[] } = {
  core: [],
  standards: ['core'],
  client: ['core'],
  server: ['core', 'standards'],
  web: ['core', 'standards', 'client'],
  cli: ['core', 'client'],
}

/** The verbs of the command line that work on the database itself, without a running server. */
const serverVerbs = /^packages\/cli\/src\/(start|rebuild|verify)[^/]*\.ts$/

/** Core from the inside out. Folders of one row are siblings and never import each other. */
const coreLayers: readonly (readonly string[])[] = [
  ['base'],
  ['identity'],
  ['genealogy'],
  ['ledger'],
  ['quality'],
  [
    'setup',
    'receiving',
    'production',
    'vessels',
    'assembly',
    'warehouse',
    'shipping',
    'subcontract',
    'service',
    'corrections',
  ],
  ['catalogue'],
  ['recall'],
]

test('packages import in one direction only', () => {
  const wrong = allSources().flatMap((file) =>
    ownImports(file).flatMap(({ target, line }) => {
      const [from, to] = [packageOf(file.path), packageOf(target)]
      if (from === undefined || to === undefined || from === to) return []
      if (mayImport[from]?.includes(to)) return []
      if (from === 'cli' && to === 'server' && (serverVerbs.test(file.path) || isTest(file.path))) return []
      return [`${file.path}:${line} (${from}) must not import ${target} (${to})`]
    }),
  )
  expectNone(wrong)
})

test('inside core, imports go inward and siblings never import each other', () => {
  const unknown = new Set<string>()
  const wrong = programSources().flatMap((file) =>
    ownImports(file).flatMap(({ target, line }) => {
      const [from, to] = [coreFolder(file.path), coreFolder(target)]
      if (from === undefined || to === undefined || from === to) return []
      const [inner, outer] = [layerOf(to), layerOf(from)]
      if (inner === -1) unknown.add(to)
      if (outer === -1) unknown.add(from)
      if (inner < outer) return []
      return [
        `${file.path}:${line} must not import ${target}: ${to} is not inside ${from} (${inner === outer ? 'siblings' : 'outward'})`,
      ]
    }),
  )
  expectNone([...unknown].map((folder) => `core/${folder} has no layer in this test`))
  expectNone(wrong)
})

test('no file imports itself around a corner', () => {
  expectNone(importCycles(programSources()).map((cycle) => cycle.join(' -> ')))
})

test('no two folders of a package import each other', () => {
  expectNone(mutualFolders(programSources()))
})

test('an import names a file of ours with its ending, and one that exists', () => {
  const known = new Set(allSources().map((file) => file.path))
  const wrong = allSources().flatMap((file) =>
    ownImports(file)
      .filter(({ target }) => !known.has(target) && !/\.(json|css|svg|png|woff2|wasm|sql)$/.test(target))
      .map(
        ({ target, line }) => `${file.path}:${line} imports ${target}, which is not a file of the repository`,
      ),
  )
  expectNone(wrong)
})

test('no import climbs three folders: what is used that far away belongs elsewhere', () => {
  expectRatchet(
    'imports that climb three folders',
    climbingImports(),
    'move what is shared nearer, or name it from the package: "imports": { "#*": "./src/*" } and #look/icons.tsx',
  )
})

function ownImports(file: SourceFile): { target: string; line: number }[] {
  return importsOf(file).flatMap(({ from, line }) => {
    const target = targetOf(file, from)
    return target === undefined ? [] : [{ target, line }]
  })
}

function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}

function coreFolder(path: string): string | undefined {
  return /^packages\/core\/src\/([^/.]+)/.exec(path)?.[1]
}

function layerOf(folder: string): number {
  return coreLayers.findIndex((layer) => layer.includes(folder))
}
