import { test } from 'vitest'
import { expectNone } from './ratchet.ts'
import { isNode, lineAt, programSources, type SourceFile, walk } from './source.ts'

/** The engine's columns hold amounts as floating-point numbers, below 2^53, where they are exact. Nothing else may. */
const columns = 'packages/core/src/genealogy/columns.ts'

/** Drawing is not counting: a bar's length may be rounded. */
const drawn = /^packages\/web\//

test('an amount never becomes a JavaScript number outside the engine’s columns', () => {
  expectNone(
    programSources()
      .filter(({ path }) => path !== columns && !drawn.test(path))
      .flatMap(floatingAmounts),
  )
})

function floatingAmounts(file: SourceFile): string[] {
  const found: string[] = []
  walk(file, (node) => {
    const callee = node['callee']
    if (node.type !== 'CallExpression' || !isNode(callee)) return
    const what = file.text.slice(callee.start, callee.end)
    const given = file.text.slice(callee.end, node.end)
    const floats = /^(parseFloat|Number\.parseFloat)$/.test(what) || what.endsWith('.toFixed')
    const amount = what === 'Number' && /amount|quantit|onHand|owed|delta/i.test(given)
    if (floats || amount)
      found.push(`${file.path}:${lineAt(file, node.start)} makes a number of an amount: ${what}${given}`)
  })
  return found
}
