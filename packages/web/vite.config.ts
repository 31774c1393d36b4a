import { createHash } from 'node:crypto'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const workerFile = 'floor-worker.js'

/** The server serves what is built into `dist`. `LOTLINE_URL` names a running server to develop the page against. */
export default defineConfig({
  plugins: [react(), floorFiles()],
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 400,
    rollupOptions: {
      input: { index: 'index.html', 'floor-worker': 'src/floor-worker/floor-worker.ts' },
      // The worker's address must stay, or a device would keep the old one for ever.
      output: {
        entryFileNames: ({ name }) => (name === 'floor-worker' ? workerFile : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/v1', '/health', '/openapi.json', '/docs'].map((path) => [
        path,
        process.env['LOTLINE_URL'] ?? 'http://127.0.0.1:8080',
      ]),
    ),
  },
})

/**
 * Writes the list of built files in front of the worker that keeps them on the device, so that a new build is a new worker. The
 * camera's decoder is large and kept when it is first used.
 */
function floorFiles(): Plugin {
  return {
    name: 'floor-files',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle[workerFile]
      if (worker?.type !== 'chunk') return
      const files = Object.keys(bundle)
        .filter((name) => /^assets\/.*\.(js|css)$/.test(name))
        .map((name) => `/${name}`)
        .toSorted()
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      worker.code = `self.floorFiles=${JSON.stringify({ version, files })};${worker.code}`
    },
  }
}
