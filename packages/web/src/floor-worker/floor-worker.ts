export {}

interface FloorFiles {
  readonly version: string
  readonly files: readonly string[]
}

declare const self: ServiceWorkerGlobalScope & { readonly floorFiles: FloorFiles }

/**
 * Keeps the page of the floor on the device: its files when they are installed, and for every address of the floor the page
 * itself where the server does not answer. Answers of the API are never kept here: the page keeps those it needs, with
 * their age. The build writes the list of files in front of this program.
 */
const { version, files } = self.floorFiles
const cacheName = `lotline-floor-${version}`
const page = '/index.html'

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (request.mode === 'navigate' && /^\/floor(\/|$)/.test(address.pathname))
    event.respondWith(pageOf(request))
  else if (address.pathname.startsWith('/assets/')) event.respondWith(fileOf(request))
})

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.addAll(files)
  const answer = await fetch('/floor')
  await cache.put(page, answer)
  await self.skipWaiting()
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names
      .filter((name) => name.startsWith('lotline-floor-') && name !== cacheName)
      .map((name) => caches.delete(name)),
  )
  await self.clients.claim()
}

/** The newest page where there is a network: a new version is never older than its server. */
async function pageOf(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (fault) {
    const kept = await caches.match(page)
    if (kept) return kept
    throw fault
  }
}

/** Files carry their hash in the name, so a kept one is never a wrong one. */
async function fileOf(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    const cache = await caches.open(cacheName)
    await cache.put(request, answer.clone())
  }
  return answer
}
