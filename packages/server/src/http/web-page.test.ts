import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildServer } from './server.ts'

async function build(root: string, name: string): Promise<void> {
  await rm(root, { recursive: true, force: true })
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), `<script src="/assets/${name}"></script>`)
  await writeFile(join(root, 'assets', name), `// ${name}`)
}

test('[K1] a page that was built anew is served without a restart, and nothing outside of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lotline-page-'))
  const webRoot = join(folder, 'dist')
  await writeFile(join(folder, 'secret.js'), 'secret')
  await build(webRoot, 'old.js')
  const app = await buildServer({ endpoints: [], entry: { token: 'x' }, webRoot })
  try {
    expect((await app.inject('/assets/old.js')).body).toBe('// old.js')
    await build(webRoot, 'new.js')
    const fresh = await app.inject('/assets/new.js')
    expect([fresh.statusCode, fresh.body]).toEqual([200, '// new.js'])
    expect((await app.inject('/any/screen')).body).toContain('new.js')
    for (const gone of ['/assets/old.js', '/assets/..%2f..%2fsecret.js', '/%2e%2e%2fsecret.js', '/a%00.js'])
      expect((await app.inject(gone)).statusCode, gone).toBe(404)
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
})
