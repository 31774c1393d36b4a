const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 (RFC 4648, section 4) with padding. Core knows neither Node nor a browser, which each have their own. O(n). */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const bits = (a << 16) | (b << 8) | c
    const group = [18, 12, 6, 0].map((shift) => letters[(bits >> shift) & 63]).join('')
    const missing = Math.max(0, at + 3 - bytes.length)
    text += group.slice(0, 4 - missing) + '='.repeat(missing)
  }
  return text
}

/** The bytes of a Base64 text; undefined where it is not one, or not the one spelling these bytes have. O(n). */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const bytes = new Uint8Array((text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0))
  for (let at = 0, to = 0; at < text.length; at += 4) {
    const bits = [...text.slice(at, at + 4)].reduce(
      (sum, letter) => sum * 64 + Math.max(0, letters.indexOf(letter)),
      0,
    )
    for (const shift of [16, 8, 0]) if (to < bytes.length) bytes[to++] = (bits >> shift) & 255
  }
  return toBase64(bytes) === text ? bytes : undefined
}
