// `npm run bench -- args`: the benchmark and the programs it is measured against live in a package of their own, so
// that nobody installs them who only starts or tests Lotline.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { requireNode, requirePackages, root, typescriptLoader } from './set-up.mjs'

const bench = join(root, 'bench')

requireNode()
requirePackages()
requirePackages(bench)

const run = spawnSync(
  process.execPath,
  ['--import', typescriptLoader(), join(bench, 'main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exitCode = run.status ?? 1
