// `npm run gen`: writes the pages that are made from the sources. `npm run gen -- --ratchet` also writes down today's
// offenders against the house rules' limits; a list that grew is seen in the change and has to be argued for.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { freshText, generatedPages } from './generate/pages.ts'
import { offendersNow } from './house-rules/measures.ts'
import { ratchetPath } from './house-rules/ratchet-file.ts'
import { root } from './house-rules/source.ts'

let failed = false

for (const page of generatedPages) {
  try {
    const text = await freshText(page)
    if (text !== undefined) await write(page.path, text)
  } catch (error) {
    failed = true
    console.error(`${page.path} could not be made:`, error)
  }
}
if (process.argv.includes('--ratchet')) {
  await write(ratchetPath, `${JSON.stringify(await offendersNow(), null, 2)}\n`)
}
// Pools and timers of what was loaded to describe it would keep the program alive.
process.exit(failed ? 1 : 0)

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
  console.log(`wrote ${path}`)
}
