import { parentPort } from 'node:worker_threads'
import { between } from '@lotline/core/genealogy/between'
import { MemoryGraph } from '@lotline/core/genealogy/memory-graph'
import { trace, TraceScratch } from '@lotline/core/genealogy/trace'
import type { GraphJob, ThreadAnswer } from './graph-jobs.ts'
import { writeSnapshot } from './snapshot-file.ts'

/** What one thread does, one job after the other, over the columns it is handed. */
const scratch = new TraceScratch()

function done(job: GraphJob): unknown {
  switch (job.kind) {
    case 'trace':
      return trace(new MemoryGraph(job.state), job.query, scratch)
    case 'between':
      return between(new MemoryGraph(job.state), job.query, job.to, scratch)
    case 'seal':
      return new MemoryGraph(job.state).sealing()
    case 'save':
      return writeSnapshot(job.file, job.mark, job.state)
  }
}

function answerOf(job: GraphJob): ThreadAnswer {
  try {
    return { given: done(job) }
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (job: GraphJob) => {
  parentPort?.postMessage(answerOf(job))
})
