/** Addresses are plain: `?id=H-1&id=H-2`, every value a text, so that people and programs can write them by hand. */
export function readAddress(search: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) (found[name] ??= []).push(value)
  return found
}

export function writeAddress(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    const list: unknown[] = Array.isArray(value) ? value : [value]
    for (const one of list)
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
