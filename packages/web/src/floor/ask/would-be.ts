import { post } from '../../shared/api.ts'
import type { ProblemBody } from '../../shared/problem.ts'
import type { Asked } from '../queue/capture-record.ts'

interface DryRun {
  readonly results: readonly { readonly ok: boolean; readonly problem?: ProblemBody }[]
}

/** What the server would say to a capture, without recording it: a no is said at the scan, not at the end. */
export async function refusalOf(command: Asked): Promise<ProblemBody | undefined> {
  const key = `dry-run-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`
  const response = await post('/v1/captures', { mode: 'each', dryRun: true, commands: [{ ...command, key }] })
  const answer: DryRun = await response.json()
  return answer.results[0]?.problem
}
