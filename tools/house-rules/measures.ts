import {
  allSources,
  importsOf,
  isNode,
  isTest,
  lineAt,
  lineCount,
  programSources,
  repositoryFiles,
  type SyntaxNode,
  walk,
} from './source.ts'
import { catalogueVerbs } from '../generate/from-program.ts'
import { grouped } from '../generate/grouped.ts'
import { isNamed, refusalPlaces } from '../generate/refusal-codes.ts'
import type { Offenders } from './ratchet-file.ts'

export const fileLinesMax = 400
export const functionLinesMax = 70
/** Per thousand lines of the program. */
export const anyMax = 1
export const asMax = 3

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

/** Files that import across three folders or more, with the number of such imports. */
export function climbingImports(): Offenders {
  const climbs = allSources().map(
    (file) => [file.path, importsOf(file).filter(({ from }) => from.startsWith('../../../')).length] as const,
  )
  return beyond(new Map(climbs), 0)
}

/** Refusal codes made in more than one file, with the number of files. */
export function scatteredRefusals(): Offenders {
  const files = [...grouped(refusalPlaces(), ({ code }) => code)].map(
    ([code, places]) => [code, new Set(places.map(({ path }) => path)).size] as const,
  )
  return Object.fromEntries(files.filter(([, count]) => count > 1))
}

/** Refusal codes that no test or story names. */
export function untestedRefusals(): Offenders {
  const tests = repositoryFiles().filter(({ path }) => isTest(path))
  const codes = [...new Set(refusalPlaces().map(({ code }) => code))]
  const untested = codes.filter((code) => !tests.some(({ text }) => isNamed(code, text)))
  return Object.fromEntries(untested.map((code) => [code, 1]))
}

/** Verbs of the catalogue that no story names. */
export async function verbsWithoutStory(): Promise<Offenders> {
  const stories = repositoryFiles().filter(({ path }) => path.startsWith('scenarios/'))
  const told = (verb: string): boolean => stories.some(({ text }) => text.includes(`'${verb}'`))
  const verbs = await catalogueVerbs()
  return Object.fromEntries(verbs.filter(({ verb }) => !told(verb)).map(({ verb }) => [verb, 1]))
}

/** Share of overruled types in the program, per thousand lines, where it is above the limit; rounded up to tenths. */
export function overruledShare(): Offenders {
  const lines = Math.max(
    1,
    [...fileLengths().values()].reduce((sum, count) => sum + count, 0),
  )
  const share = (of: 'anys' | 'casts'): number =>
    Math.ceil((overruledTypes().reduce((sum, file) => sum + file[of], 0) * 10_000) / lines) / 10
  const shares = { any: share('anys'), as: share('casts') }
  return Object.fromEntries(
    Object.entries(shares).filter(([name, value]) => value > (name === 'any' ? anyMax : asMax)),
  )
}

/** `any` and `as` (not `as const`, which overrules nothing) of each file of the program. */
export function overruledTypes(): readonly { path: string; anys: number; casts: number }[] {
  return programSources().map((file) => {
    let [anys, casts] = [0, 0]
    walk(file, (node) => {
      if (node.type === 'TSAnyKeyword') anys++
      if (node.type === 'TSTypeAssertion' || (node.type === 'TSAsExpression' && !isConst(node))) casts++
    })
    return { path: file.path, anys, casts }
  })
}

/** Everything the ratchet tolerates today, by rule. */
export async function offendersNow(): Promise<{ readonly [rule: string]: Offenders }> {
  return {
    'file lines': longFiles(),
    'function lines': longFunctions(),
    'imports that climb three folders': climbingImports(),
    'types overruled per thousand lines': overruledShare(),
    'refusal codes made in several files': scatteredRefusals(),
    'refusal codes without a test': untestedRefusals(),
    'verbs without a story': await verbsWithoutStory(),
  }
}

function isConst(node: SyntaxNode): boolean {
  const type = node['typeAnnotation']
  const name = isNode(type) ? type['typeName'] : undefined
  return isNode(name) && name['name'] === 'const'
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
