import { announceRead } from './code-read.ts'

/** The part of WebHID that a scanner needs. */
interface HidDevice extends EventTarget {
  open(): Promise<void>
}

interface Hid {
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>
}

/** USB HID POS usage page of bar code scanners (HID Point of Sale Usage Tables). */
const scannerUsagePage = 0x8c

export function hidOffered(): boolean {
  return 'hid' in navigator
}

/** Asks for a scanner in HID POS mode, which tells the symbology and is no keyboard at all. */
export async function connectHid(): Promise<void> {
  const hid: Hid | undefined = Reflect.get(navigator, 'hid')
  const devices = (await hid?.requestDevice({ filters: [{ usagePage: scannerUsagePage }] })) ?? []
  for (const device of devices) {
    await device.open()
    device.addEventListener('inputreport', (event) => {
      const data: unknown = Reflect.get(event, 'data')
      if (data instanceof DataView) {
        const text = posReport(data)
        if (text !== '') announceRead(text, 'hid')
      }
    })
  }
}

/**
 * The code in a POS report: a length, three bytes of symbology identifier, the data. Scanners pad the report with zeros.
 */
export function posReport(data: DataView): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const length = Math.min(bytes[0] ?? 0, bytes.length - 4)
  const symbology = String.fromCharCode(...bytes.slice(1, 4))
  const code = String.fromCharCode(...bytes.slice(4, 4 + Math.max(0, length)))
  return /^\][A-Za-z]\d$/.test(symbology) ? symbology + code : code
}
