import { test } from 'vitest'
import { dependencies, idleReasons } from '../generate/dependencies-page.ts'
import { expectNone } from './ratchet.ts'
import { allSources, importsOf, isTest, repositoryFiles } from './source.ts'

const free =
  /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|CC0-1\.0|BlueOak-1\.0\.0|Unlicense|PostgreSQL|Python-2\.0)$/
/** Used unmodified, in tests only. */
const freeUnmodified = /^(MPL-2\.0|EPL-2\.0)$/

test('every dependency is pinned, says what it saves us, and is under a free licence', () => {
  expectNone([
    ...dependencies().flatMap(({ name, version, licence, reason }) => [
      ...(/^\d/.test(version) ? [] : [`${name} is wanted as ${version}: pin one version`]),
      ...(reason ? [] : [`${name} has no line in tools/dependencies.json`]),
      ...(free.test(licence) || freeUnmodified.test(licence)
        ? []
        : [`${name} is under the licence ${licence}`]),
    ]),
    ...idleReasons().map((name) => `${name} stands in tools/dependencies.json, and nobody names it`),
  ])
})

test('a package names in its package.json what its sources import', () => {
  const manifests = new Map(
    repositoryFiles()
      .filter(({ path }) => path.endsWith('package.json'))
      .map(({ path, text }) => [path.replace(/\/?package\.json$/, ''), namedIn(text)]),
  )
  expectNone(
    allSources().flatMap((file) => {
      const folder = /^(packages\/[^/]+|scenarios)\//.exec(file.path)?.[1]
      if (folder === undefined) return []
      const mine = manifests.get(folder) ?? new Set()
      const shared = manifests.get('') ?? new Set()
      return importsOf(file)
        .filter(({ from }) => /^[@a-z]/.test(from) && !from.startsWith('node:'))
        .map(({ from, line }) => ({
          name: from
            .split('/')
            .slice(0, from.startsWith('@') ? 2 : 1)
            .join('/'),
          line,
        }))
        .filter(
          ({ name }) =>
            !mine.has(name) && !(shared.has(name) && (isTest(file.path) || /config/.test(file.path))),
        )
        .filter(({ name }) => folder !== `packages/${name.replace('@lotline/', '')}`)
        .map(
          ({ name, line }) =>
            `${file.path}:${line} imports ${name}, which ${folder}/package.json does not name`,
        )
    }),
  )
})

function namedIn(manifest: string): ReadonlySet<string> {
  const read: { dependencies?: object; devDependencies?: object } = JSON.parse(manifest)
  return new Set([...Object.keys(read.dependencies ?? {}), ...Object.keys(read.devDependencies ?? {})])
}
