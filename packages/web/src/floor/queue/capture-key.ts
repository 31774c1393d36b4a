/**
 * A UUID of version 7 (RFC 9562): unique by chance, in order by time. Made on the device at the moment of the scan, also where
 * the page is not served by HTTPS and `crypto.randomUUID` is absent.
 */
export function captureKey(at: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random.slice(0, 16))
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(at / 256 ** (5 - index)) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
