import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import reasons from '../dependencies.json' with { type: 'json' }
import { root } from '../house-rules/source.ts'

/** A package that one of our package.json files names. */
export interface Dependency {
  readonly name: string
  readonly version: string
  /** As the installed package states it, or as it is missing. */
  readonly licence: string
  readonly reason: { readonly for: string; readonly saves: string } | undefined
}

const known = new Map(Object.entries(reasons))

/** Every foreign package we name, by name. The benchmark's peers are its own affair and not among them. */
export function dependencies(): readonly Dependency[] {
  const manifests = [
    '.',
    'scenarios',
    ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`),
  ]
    .map((folder) => join(root, folder, 'package.json'))
    .filter((file) => existsSync(file))
    .map(readManifest)
  const named = manifests.flatMap((manifest) =>
    [manifest.dependencies, manifest.devDependencies].flatMap((group) => Object.entries(group ?? {})),
  )
  return [...new Map(named)]
    .filter(([name]) => !name.startsWith('@lotline/'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, version]) => ({ name, version, licence: licenceOf(name), reason: known.get(name) }))
}

/** Reasons that are given for packages nobody names any more. */
export function idleReasons(): readonly string[] {
  const named = new Set(dependencies().map(({ name }) => name))
  return [...known.keys()].filter((name) => !named.has(name))
}

/** `docs/decisions/0002-dependencies.md`. */
export function dependenciesPage(): string {
  return [
    '# 0002 What we depend on, and what each saves us\n',
    '**Question.** Which foreign code do we take in?\n',
    '**Answer.** The packages below, each with a reason, pinned to an exact version. The core has two: the schema library and',
    'a pure SHA-256. A package that has no line here fails the tests, and so does a line whose package is gone.\n',
    '**What we gave up.** Convenience: what takes an afternoon to write and a page to read, we write. No package here fetches',
    'anything after it is installed, and none is under a licence that would bind the users of Lotline.\n',
    'Made by `npm run gen` from the package.json files, the installed packages and `tools/dependencies.json`.\n',
    '| package | version | licence | for | saves us |',
    '| --- | --- | --- | --- | --- |',
    ...dependencies().map(
      ({ name, version, licence, reason }) =>
        `| ${name} | ${version} | ${licence} | ${reason?.for ?? '?'} | ${reason?.saves ?? '?'} |`,
    ),
    '',
  ].join('\n')
}

interface Manifest {
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readManifest(file: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'))
  return manifest
}

function licenceOf(name: string): string {
  const file = join(root, 'node_modules', name, 'package.json')
  return existsSync(file) ? (readManifest(file).license ?? 'not stated') : 'not installed'
}
