// The entry of a worker thread, which has no TypeScript loader of its own.
import { register } from 'tsx/esm/api'

register()
await import('./graph-thread.ts')
