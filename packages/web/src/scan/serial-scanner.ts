import { announceRead } from './code-read.ts'

/** The part of Web Serial that a scanner needs; browsers without it simply do not offer the button. */
interface SerialPort {
  readonly readable: ReadableStream<Uint8Array> | null
  open(options: { baudRate: number }): Promise<void>
}

interface Serial {
  requestPort(): Promise<SerialPort>
}

const lineMsMax = 120

export function serialOffered(): boolean {
  return 'serial' in navigator
}

/** Asks for a scanner at a serial port (a virtual one over USB, mostly) and reads it until it is pulled out. */
export async function connectSerial(): Promise<void> {
  const serial: Serial | undefined = Reflect.get(navigator, 'serial')
  const port = await serial?.requestPort()
  if (!port) return
  await port.open({ baudRate: 9_600 })
  const reader = port.readable?.pipeThrough(textOf()).getReader()
  const lines = codesIn((code) => announceRead(code, 'serial'))
  for (;;) {
    const next = await reader?.read()
    if (!next || next.done) return
    lines(next.value)
  }
}

function textOf(): TransformStream<Uint8Array, string> {
  const decoder = new TextDecoder()
  return new TransformStream({
    transform: (bytes, out) => out.enqueue(decoder.decode(bytes, { stream: true })),
  })
}

/** Codes end with a line end, or, from scanners that send none, when nothing follows for a moment. */
export function codesIn(give: (code: string) => void): (text: string) => void {
  let rest = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    if (rest !== '') give(rest)
    rest = ''
  }
  return (text) => {
    clearTimeout(timer)
    const parts = (rest + text).split(/[\r\n]+/)
    rest = parts.pop() ?? ''
    for (const part of parts) if (part !== '') give(part)
    timer = setTimeout(flush, lineMsMax)
  }
}
