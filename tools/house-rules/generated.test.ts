import { test } from 'vitest'
import { freshText, generatedPages } from '../generate/pages.ts'
import { allRequirements } from '../generate/requirements-page.ts'
import { testTitles } from '../generate/test-titles.ts'
import { expectNone } from './ratchet.ts'
import { repositoryFiles } from './source.ts'

test.each(generatedPages)('$path is what the sources say', async (page) => {
  const fresh = await freshText(page)
  expectNone(fresh === undefined ? [] : [`${page.path} is stale: run npm run gen and commit it`])
})

test('a test names requirements that exist', () => {
  const known = new Set(allRequirements.map(({ id }) => id))
  expectNone(
    testTitles().flatMap(({ path, title, proves }) =>
      proves
        .filter((id) => !known.has(id))
        .map((id) => `${path}: "${title}" names ${id}, which is no requirement`),
    ),
  )
})

test('every story names the requirement it proves', () => {
  expectNone(
    testTitles()
      .filter(({ path, proves }) => path.endsWith('.scenario.ts') && proves.length === 0)
      .map(({ path, title }) => `${path}: "${title}" should begin with [C1] or the like`),
  )
})

test('every SQL file lies where the migration applies it, and no two migrations have one number', () => {
  const files = repositoryFiles().flatMap(({ path }) => (path.endsWith('.sql') ? [path] : []))
  const applied =
    /^packages\/server\/database\/(migrations\/(\d{4})_|functions\/|privileges\/)[a-z0-9_]+\.sql$/
  const numbers = files.flatMap((path) => applied.exec(path)?.[2] ?? []).toSorted()
  expectNone([
    ...files.filter((path) => !applied.test(path)).map((path) => `${path} is applied by nobody`),
    ...numbers.flatMap((number, index) =>
      number === numbers[index - 1] ? [`there are two migrations ${number}`] : [],
    ),
  ])
})
