import bwipjs from 'bwip-js/node'

/** A QR code of a text as SVG, large enough to be read from a print. */
export function qrCode(text: string): string {
  return bwipjs.toSVG({ bcid: 'qrcode', text, scale: 4, padding: 8, backgroundcolor: 'ffffff' })
}
