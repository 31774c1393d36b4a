// `npm test`: sets up what is missing, then checks everything and runs every test, on a developer's machine as in CI.
// A stage that fails does not stop the ones behind it, so one run shows all there is to mend.
//
//   npm test                 everything but the long tests
//   npm test -- words ...    only the tests whose file name holds one of the words, and nothing else
//   npm run test:fast        types, lint and the tests without input or output
//   npm run test:long        the long tests alone (*.long.test.ts)
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { missingFromLock } from './lock-file.mjs'
import { requireNode, requirePackages, buildWebPage, root } from './set-up.mjs'

const args = process.argv.slice(2)
const fast = args.includes('--fast')
const long = args.includes('--long')
const words = args.filter((arg) => arg !== '--fast' && arg !== '--long')

requireNode()
requirePackages()

const tested = words.length > 0 || long
const stages = [
  ...(tested
    ? []
    : [
        ['lock file', lockFile],
        ['types', types],
        ['lint', lint],
      ]),
  ...(tested || fast ? [] : [['format', format]]),
  ...(fast ? [] : [['web page', buildWebPage]]),
  ['tests', tests],
]

const outcomes = stages.map(([name, run]) => {
  console.log(`\n=== ${name}`)
  const started = performance.now()
  const passed = run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`=== ${name}: ${passed ? 'ok' : 'FAILED'} in ${seconds} s`)
  return { name, passed, seconds }
})

console.log('')
for (const { name, passed, seconds } of outcomes) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(7)} s`)
}
process.exitCode = outcomes.every((outcome) => outcome.passed) ? 0 : 1

function lockFile() {
  const missing = missingFromLock(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  for (const name of missing) console.log(`package-lock.json has no entry for ${name}`)
  if (missing.length > 0)
    console.log('Step back a version of the package that wants it, or pin it under "overrides".')
  return missing.length === 0
}

function types() {
  const projects = readdirSync(join(root, 'packages'))
    .map((name) => join('packages', name, 'tsconfig.json'))
    .concat(join('scenarios', 'tsconfig.json'), 'tsconfig.tests.json')
    .filter((file) => existsSync(join(root, file)))
  return projects.map((project) => tool('typescript', 'tsc', ['-p', project])).every(Boolean)
}

function lint() {
  return tool('oxlint', 'oxlint', ['--type-aware', '--quiet'])
}

function format() {
  return tool('prettier', 'prettier', [
    '--check',
    '--cache',
    '--cache-strategy',
    'content',
    '--log-level',
    'warn',
    '.',
  ])
}

/** Vitest runs the kinds of tests one after the other, in the order of vitest.config.ts. */
function tests() {
  const kinds = long
    ? ['long']
    : fast
      ? ['rules', 'unit']
      : ['rules', 'unit', 'integration', 'scenarios', 'browser']
  const chosen = kinds.flatMap((kind) => ['--project', kind])
  return tool('vitest', 'vitest', ['run', ...chosen, '--passWithNoTests', ...words])
}

/** Runs a package's program from the root of the repository with its output shown. */
function tool(name, program, toolArgs) {
  const manifest = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  const file = join(dirname(manifest), typeof bin === 'string' ? bin : bin[program])
  return spawnSync(process.execPath, [file, ...toolArgs], { cwd: root, stdio: 'inherit' }).status === 0
}
