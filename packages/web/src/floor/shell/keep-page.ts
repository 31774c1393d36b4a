/** Keeps the page itself on the device, so that the floor opens without a network. Only where the browser allows it: HTTPS, or this very machine. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  await navigator.serviceWorker.register('/floor-worker.js', { scope: '/' })
}
