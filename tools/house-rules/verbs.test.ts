import { expect, test } from 'vitest'
import { catalogueVerbs } from '../generate/from-program.ts'
import { grouped } from '../generate/grouped.ts'
import { verbsWithoutStory } from './measures.ts'
import { expectNone, expectRatchet } from './ratchet.ts'
import { isTest, repositoryFiles } from './source.ts'

test('there are verbs, each with a name and an event of its own', async () => {
  const verbs = await catalogueVerbs()
  expect(verbs.length).toBeGreaterThan(0)
  const twice = (of: 'verb' | 'event'): string[] =>
    [...grouped(verbs, (one) => one[of])].flatMap(([name, all]) => (all.length > 1 ? [name] : []))
  expectNone([...twice('verb'), ...twice('event')].map((name) => `${name} is declared twice`))
})

test('a verb is imperative and kebab-case, its event a past-tense name, its description a sentence', async () => {
  expectNone(
    (await catalogueVerbs()).flatMap(({ verb, event, about }) => [
      ...(/^[a-z]+(-[a-z]+)*$/.test(verb) ? [] : [`the verb ${verb} is not kebab-case`]),
      ...(/^[A-Z][A-Za-z]*$/.test(event) ? [] : [`the event ${event} is not PascalCase`]),
      ...(/^[A-Z].*\.$/s.test(about) ? [] : [`the description of ${verb} is no sentence: ${about}`]),
    ]),
  )
})

test('every verb is used in a test', async () => {
  const tests = repositoryFiles().filter(({ path }) => isTest(path))
  expectNone(
    (await catalogueVerbs())
      .filter(({ verb }) => !tests.some(({ text }) => text.includes(`'${verb}'`)))
      .map(({ verb }) => `no test names the verb '${verb}'`),
  )
})

test('every verb has its place in a story', async () => {
  expectRatchet(
    'verbs without a story',
    await verbsWithoutStory(),
    'let a story in scenarios/ use it, as somebody in the shop would',
  )
})
