import { test } from 'vitest'
import { expectNone } from './ratchet.ts'
import { repositoryFiles } from './source.ts'

/**
 * The repository speaks of the product alone: not of the machine it was written on, the people or programs that wrote
 * it, or the place packages came from.
 */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~$}])\/(work|home|root|Users)\/\w/, 'a folder of one machine'],
  [/(?<![\w.~$}])\/tmp\/\w/, 'a temporary folder by its full name'],
  [/[A-Z]:\\Users\\/, 'a folder of one machine'],
  [/registry\.(npmjs|yarnpkg)|npmmirror|verdaccio|artifactory|\bjfrog\b/i, 'a package registry'],
  [/(?<!user[- ])\bagents?\b(?![- ]?string)/i, 'the one who wrote it'],
  [/\b(claude|anthropic|openai|chatgpt|copilot|gemini)\b/i, 'a program that writes'],
  [/\b(this|that|our|my|last|next|earlier|previous|another|coding|work) sessions?\b/i, 'a working session'],
  [/\bthe (brief|lead engineer|orchestrator|reviewer said)\b/i, 'how the work was given out'],
  [/\b(integrity|style|stack|ux|standards|DEVELOPERS)\.md\b/, 'a page that is not in the repository'],
  [/\bdesign\/\w+\.md\b/, 'a page that is not in the repository'],
]

test('the repository speaks of the product alone', () => {
  const wrong = repositoryFiles()
    .filter(({ path }) => !path.startsWith('tools/house-rules/'))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        elsewhere.flatMap(([pattern, what]) => {
          const found = pattern.exec(line)
          return found ? [`${path}:${index + 1} names ${what}: ${found[0]}`] : []
        }),
      ),
    )
  expectNone(wrong)
})

test('no file is kept that tools made for one machine', () => {
  const wrong = repositoryFiles()
    .map(({ path }) => path)
    .filter((path) => /(^|\/)(\.DS_Store|\.env|npm-debug\.log|core\.\d+)$/.test(path))
  expectNone(wrong)
})
