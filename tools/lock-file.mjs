/**
 * Optional packages that some entry of a lock file names and that have no entry of their own. Such a lock is refused by
 * `npm ci`, or installs on the machine that wrote it and fails on another platform. O(entries x depth).
 */
export function missingFromLock(lock) {
  const packages = lock.packages
  const missing = []
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!resolves(packages, path, name)) missing.push(`${name} (wanted by ${path || 'the root package'})`)
    }
  }
  return missing.sort()
}

/** Whether `name` is found from `path` as Node looks for it: beside, then one folder up, and so on. */
function resolves(packages, path, name) {
  let from = path
  for (;;) {
    if (packages[from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`]) return true
    if (from === '') return false
    const up = from.lastIndexOf('/node_modules/')
    from = up === -1 ? '' : from.slice(0, up)
  }
}
