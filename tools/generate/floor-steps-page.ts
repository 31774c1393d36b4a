import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../house-rules/source.ts'

interface Budget {
  readonly flow: string
  readonly target: string
  readonly counted: string
}

/** `docs/reference/floor-steps.md`: what each flow of the floor may cost a person, and what a test counted. */
export function floorStepsPage(): string {
  const budgets: readonly Budget[] = JSON.parse(
    readFileSync(join(root, 'scenarios/browser/step-budgets.json'), 'utf8'),
  )
  const widest = (column: keyof Budget, head: string) =>
    Math.max(head.length, ...budgets.map((row) => row[column].length))
  const [flow, target, counted] = [
    widest('flow', 'flow'),
    widest('target', 'may cost'),
    widest('counted', 'counted'),
  ]
  const line = (a: string, b: string, c: string) =>
    `| ${a.padEnd(flow)} | ${b.padEnd(target)} | ${c.padEnd(counted)} |`
  return [
    '# Steps of the floor\n',
    'Made by `npm run gen` from `scenarios/browser/step-budgets.json`. The browser tests walk each flow with a scanner that types,',
    'count every scan, tap and quantity, and fail when the count is not the one that stands here.\n',
    line('flow', 'may cost', 'counted'),
    `| ${'-'.repeat(flow)} | ${'-'.repeat(target)} | ${'-'.repeat(counted)} |`,
    ...budgets.map((row) => line(row.flow, row.target, row.counted)),
    '',
  ].join('\n')
}
