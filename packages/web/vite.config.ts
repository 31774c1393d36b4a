import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server serves what is built into `dist`. `LOTLINE_URL` names a running server to develop the page against. */
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 400 },
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
