const deviceKey = 'lotline-device'

/** The name of this tablet or handheld, made at its first use and kept: captures carry it with their running number. */
export function deviceName(): string {
  const known = localStorage.getItem(deviceKey)
  if (known !== null) return known
  const letters = crypto.getRandomValues(new Uint8Array(4))
  const name = `device-${[...letters].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  localStorage.setItem(deviceKey, name)
  return name
}
