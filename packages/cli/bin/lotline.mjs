#!/usr/bin/env node
// Runs the command line from its TypeScript sources, from any folder: the loader is found beside this file, not beside
// the folder the command was typed in.
import { register } from 'tsx/esm/api'

register()
await import('../src/main.ts')
