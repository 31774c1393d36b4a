const settingsKey = 'lotline-scanner'
const separator = '\u001d'

/** What the scanners of this device add to a code, and what they send instead of the group separator. */
export interface ScannerSettings {
  readonly prefix: string
  readonly suffix: string
  readonly separatorSubstitute: string
}

export const plainScanner: ScannerSettings = { prefix: '', suffix: '', separatorSubstitute: '' }

export function scannerSettings(): ScannerSettings {
  const kept = localStorage.getItem(settingsKey)
  if (kept === null) return plainScanner
  const read: Partial<ScannerSettings> = JSON.parse(kept)
  return { ...plainScanner, ...read }
}

export function keepScannerSettings(settings: ScannerSettings): void {
  localStorage.setItem(settingsKey, JSON.stringify(settings))
}

/** The code alone: without what the scanner was told to add, and with real group separators. */
export function codeIn(text: string, settings: ScannerSettings): string {
  const { prefix, suffix, separatorSubstitute } = settings
  let code = text.replace(/[\r\n\t]+$/, '')
  if (prefix !== '' && code.startsWith(prefix)) code = code.slice(prefix.length)
  if (suffix !== '' && code.endsWith(suffix)) code = code.slice(0, -suffix.length)
  if (separatorSubstitute !== '') code = code.replaceAll(separatorSubstitute, separator)
  return code.trim()
}
