/** One tone: frequency in hertz, and when it begins and ends in seconds. */
type Tone = readonly [hertz: number, from: number, to: number]

const tones: Readonly<Record<'done' | 'look' | 'stop', readonly Tone[]>> = {
  done: [[1568, 0, 0.09]],
  look: [
    [784, 0, 0.12],
    [784, 0.18, 0.3],
  ],
  stop: [
    [165, 0, 0.22],
    [165, 0.3, 0.6],
  ],
}

const vibrations = { done: [40], look: [60, 60, 60], stop: [220, 80, 320] } as const

let context: AudioContext | undefined

/** The sound and the vibration of a card. Never the only sign: the card says the same. */
export function sound(kind: keyof typeof tones): void {
  navigator.vibrate?.([...vibrations[kind]])
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const now = context.currentTime
  for (const [hertz, from, to] of tones[kind]) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = kind === 'stop' ? 'square' : 'sine'
    tone.frequency.value = hertz
    // Short slopes, or each tone begins and ends with a click.
    volume.gain.setValueAtTime(0, now + from)
    volume.gain.linearRampToValueAtTime(0.25, now + from + 0.01)
    volume.gain.setValueAtTime(0.25, now + to - 0.02)
    volume.gain.linearRampToValueAtTime(0, now + to)
    tone.connect(volume).connect(context.destination)
    tone.start(now + from)
    tone.stop(now + to)
  }
}
