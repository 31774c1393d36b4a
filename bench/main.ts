import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureCaptures } from './captures.ts'
import { measureExposure } from './exposure.ts'
import { Figures } from './figures.ts'
import { measureImport } from './imports.ts'
import { startDatabase } from './running.ts'
import { measureStart } from './start.ts'
import { measureTraces } from './traces.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout
    .write(`npm run bench -- [--quick] [--whole] [--json FILE] [--only traces|exposure|captures|imports|start]

Measures Lotline beside what could be used instead, in one run on one machine, and prints ratios.
--whole takes exposure on a plant of 57 million edges, which needs some 5 GiB.
`)
  process.exit(0)
}

const wanted = (part: string) => values.only === undefined || values.only.includes(part)
const figures = new Figures()
const memory = Math.round(totalmem() / 2 ** 30)
process.stdout.write(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${memory} GiB\n`,
)
const database = await startDatabase()
try {
  if (wanted('traces')) await measureTraces(figures, database, values.quick)
  if (wanted('exposure')) measureExposure(figures, values.whole ? 'whole' : values.quick ? 'quick' : 'usual')
  if (wanted('captures')) await measureCaptures(figures, database, values.quick)
  if (wanted('imports')) await measureImport(figures, database, values.quick)
  if (wanted('start')) await measureStart(figures, values.quick)
} finally {
  await database.close()
}
if (values.json) figures.write(values.json)
const missed = figures.all.filter((figure) => figure.met === false)
process.stdout.write(
  missed.length === 0
    ? 'Every aim was met.\n'
    : `Aims not met: ${missed.map((figure) => figure.id).join(', ')}.\n`,
)
