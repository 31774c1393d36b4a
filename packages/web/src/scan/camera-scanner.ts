import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import decoderAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { announceRead } from './code-read.ts'

/** Pictures looked at in a second: more warms the tablet and reads no better. */
const lookMs = 150

const reading: ReaderOptions = {
  formats: ['Code128', 'DataMatrix', 'QRCode', 'EAN13', 'EAN8', 'Code39', 'Code93', 'ITF', 'Aztec', 'PDF417'],
  tryHarder: true,
  maxNumberOfSymbols: 1,
}

/** The decoder comes from this very server: a plant without the internet reads as well. */
let prepared: Promise<unknown> | undefined

function prepare(): Promise<unknown> {
  prepared ??= prepareZXingModule({
    overrides: { locateFile: () => decoderAddress },
    fireImmediately: true,
  })
  return prepared
}

/** The code in a picture, with its symbology identifier, as a scanner would send it. */
export async function codeInPicture(picture: ImageData | Blob): Promise<string | undefined> {
  await prepare()
  const [found] = await readBarcodes(picture, reading)
  if (!found?.isValid) return undefined
  return found.symbologyIdentifier + new TextDecoder().decode(found.bytes)
}

/** Watches the camera until a code is read. Gives the way to stop. */
export function watchCamera(
  video: HTMLVideoElement,
  onRead: () => void,
  onFault: (error: Error) => void,
): () => void {
  let stopped = false
  let stream: MediaStream | undefined
  const canvas = document.createElement('canvas')
  const look = async (): Promise<void> => {
    if (stopped) return
    const picture = pictureOf(video, canvas)
    const code = picture && (await codeInPicture(picture))
    if (code !== undefined) {
      stop()
      announceRead(code, 'camera')
      onRead()
      return
    }
    window.setTimeout(() => void look().catch(onFault), lookMs)
  }
  const stop = (): void => {
    stopped = true
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const start = async (): Promise<void> => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    if (stopped) return stop()
    video.srcObject = stream
    await video.play()
    await look()
  }
  start().catch(onFault)
  return stop
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0) return undefined
  canvas.width = width
  canvas.height = height
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  drawing?.drawImage(video, 0, 0)
  return drawing?.getImageData(0, 0, width, height)
}
