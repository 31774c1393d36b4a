import { posix } from 'node:path'
import { importsOf, type SourceFile, targetOf } from './source.ts'

/**
 * Groups of files that import each other around a corner, types included, each group in one order of its imports.
 * Strongly connected components by Tarjan's walk: O(files + imports).
 */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const edges = importEdges(files)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  const enter = (path: string): number => {
    const own = index.size
    index.set(path, own)
    low.set(path, own)
    stack.push(path)
    for (const next of edges.get(path) ?? []) {
      if (!index.has(next)) low.set(path, Math.min(low.get(path) ?? own, enter(next)))
      else if (stack.includes(next)) low.set(path, Math.min(low.get(path) ?? own, index.get(next) ?? own))
    }
    if (low.get(path) === own) {
      const group = stack.splice(stack.indexOf(path))
      if (group.length > 1 || edges.get(path)?.includes(path)) cycles.push(group)
    }
    return low.get(path) ?? own
  }
  for (const path of edges.keys()) if (!index.has(path)) enter(path)
  return cycles
}

/** Pairs of folders, first level below a package's `src`, that import each other, with one import each way. */
export function mutualFolders(files: readonly SourceFile[]): string[] {
  const first = new Map<string, string>()
  for (const [path, targets] of importEdges(files)) {
    for (const target of targets) {
      const [from, to] = [folderOf(path), folderOf(target)]
      if (from === undefined || to === undefined || from === to) continue
      const pair = `${from} ${to}`
      if (!first.has(pair)) first.set(pair, `${path} imports ${target}`)
    }
  }
  return [...first].flatMap(([pair, example]) => {
    const [from = '', to = ''] = pair.split(' ')
    const back = first.get(`${to} ${from}`)
    return from < to && back !== undefined ? [`${from} <-> ${to}: ${example}, and ${back}`] : []
  })
}

function importEdges(files: readonly SourceFile[]): Map<string, string[]> {
  const known = new Set(files.map((file) => file.path))
  return new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ from }) => {
        const target = targetOf(file, from)
        return target !== undefined && known.has(target) ? [target] : []
      }),
    ]),
  )
}

/** `packages/server/src/ledger` for any file below it; undefined for files that lie directly in `src`. */
function folderOf(path: string): string | undefined {
  const parts = posix.dirname(path).split('/')
  return parts.length > 3 ? parts.slice(0, 4).join('/') : undefined
}
