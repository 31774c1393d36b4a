import {
  allSources,
  isNode,
  lineAt,
  lineCount,
  programSources,
  repositoryFiles,
  type SyntaxNode,
  walk,
} from './source.ts'
import type { Offenders } from './ratchet.ts'

export const fileLinesMax = 400
export const functionLinesMax = 70

/** Lines of every source file of the program, by path. */
export function fileLengths(): ReadonlyMap<string, number> {
  return new Map(programSources().map((file) => [file.path, lineCount(file)]))
}

/** Files beyond the limit; tests, SQL and tools too. */
export function longFiles(): Offenders {
  const files = repositoryFiles().filter(({ path }) => /\.(ts|tsx|mjs|sql|css)$/.test(path))
  return beyond(new Map(files.map((file) => [file.path, lineCount(file)])), fileLinesMax)
}

/** Lines of every function of the program and its tools, by `path#name`; a function inside another counts for both. */
export function functionLengths(): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>()
  for (const file of allSources()) {
    if (/\.(test|scenario)\.tsx?$/.test(file.path)) continue
    walk(file, (node, parents) => {
      if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return
      const name = `${file.path}#${functionName(node, parents)}`
      const lines = lineAt(file, node.end) - lineAt(file, node.start) + 1
      lengths.set(name, Math.max(lines, lengths.get(name) ?? 0))
    })
  }
  return lengths
}

export function longFunctions(): Offenders {
  return beyond(functionLengths(), functionLinesMax)
}

function beyond(lengths: ReadonlyMap<string, number>, limit: number): Offenders {
  return Object.fromEntries([...lengths].filter(([, lines]) => lines > limit))
}

/** A function's own name, else that of what it is given to: a variable, a field, a call. */
function functionName(node: SyntaxNode, parents: readonly SyntaxNode[]): string {
  const holder = [node, ...parents.toReversed()].find((one) => named(one) !== undefined)
  return (holder && named(holder)) ?? '(file)'
}

function named(node: SyntaxNode): string | undefined {
  const name = node['id'] ?? node['key']
  return isNode(name) && typeof name['name'] === 'string' ? name['name'] : undefined
}
