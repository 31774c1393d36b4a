/** The colours of one scheme. Grey is normal; every other colour means a state that asks for something. */
export interface Palette {
  readonly background: string
  readonly surface: string
  readonly text: string
  readonly muted: string
  readonly line: string
  /** A line that only divides, and carries no meaning: it may be faint. */
  readonly divider: string
  readonly attention: string
  readonly attentionBack: string
  readonly stop: string
  readonly stopBack: string
  readonly done: string
  readonly doneBack: string
  readonly link: string
  readonly linkBack: string
  readonly practice: string
  readonly practiceBack: string
  /** Words on a filled primary button, whose ground is `link`. */
  readonly onLink: string
}

export const light: Palette = {
  background: '#ECEEF0',
  surface: '#F8F9FA',
  text: '#1B1F24',
  muted: '#505A64',
  line: '#7D8690',
  divider: '#D3D7DB',
  attention: '#7A4F00',
  attentionBack: '#FFF1D0',
  stop: '#A8201A',
  stopBack: '#FBE9E7',
  done: '#1B6239',
  doneBack: '#E3F2E8',
  link: '#0B4FC4',
  linkBack: '#E4EDFC',
  practice: '#5F3A96',
  practiceBack: '#F0E9FA',
  onLink: '#FFFFFF',
}

export const dark: Palette = {
  background: '#14171A',
  surface: '#1C2025',
  text: '#E4E7EA',
  muted: '#A4ADB6',
  line: '#737D87',
  divider: '#333A41',
  attention: '#F5C04E',
  attentionBack: '#33270B',
  stop: '#FF8F85',
  stopBack: '#3A1614',
  done: '#7FD39B',
  doneBack: '#11291B',
  link: '#8DB6F9',
  linkBack: '#13243F',
  practice: '#C8A8F0',
  practiceBack: '#271B39',
  onLink: '#14171A',
}

type Pair = readonly [front: keyof Palette, back: keyof Palette]

/** Every pair of words on a ground that the screens use: at least 4.5 to 1. */
export const textPairs: readonly Pair[] = [
  ['text', 'background'],
  ['text', 'surface'],
  ['text', 'linkBack'],
  ['muted', 'background'],
  ['muted', 'surface'],
  ['muted', 'linkBack'],
  ['attention', 'surface'],
  ['attention', 'background'],
  ['attention', 'attentionBack'],
  ['stop', 'surface'],
  ['stop', 'background'],
  ['stop', 'stopBack'],
  ['done', 'surface'],
  ['done', 'doneBack'],
  ['link', 'surface'],
  ['link', 'background'],
  ['link', 'linkBack'],
  ['practice', 'surface'],
  ['practice', 'practiceBack'],
  ['text', 'attentionBack'],
  ['text', 'stopBack'],
  ['onLink', 'link'],
]

/** Every pair of a meaningful line on a ground: at least 3 to 1. */
export const linePairs: readonly Pair[] = [
  ['line', 'surface'],
  ['line', 'background'],
  ['link', 'surface'],
  ['attention', 'surface'],
  ['stop', 'surface'],
  ['practice', 'surface'],
]

/** Contrast of two colours (`#RRGGBB`) as WCAG 2 defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
