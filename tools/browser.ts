import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** A Chromium to test with, or how to get one. */
export type FoundBrowser = { readonly program: string } | { readonly missing: string }

const usualPlaces: { readonly [platform: string]: readonly string[] } = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name]
    if (folder === undefined) return []
    return [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]
  }),
}

const usualNames = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge']

/** Ours, not those the package proposes: they switch off the web's security, and a test must run under it. */
const launchArguments = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/**
 * Finds a Chromium: the one `LOTLINE_CHROMIUM` names, an installed one, else the one that comes as an npm package (Linux
 * on x64 only; its first unpacking takes about two seconds and 200 MB of the temporary folder).
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['LOTLINE_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { program: named }
    return { missing: `LOTLINE_CHROMIUM names ${named}, and there is no such file. Correct it, or unset it.` }
  }
  const installed = installedPrograms().find((path) => existsSync(path))
  if (installed !== undefined) return { program: installed }
  if (process.platform === 'linux' && process.arch === 'x64') return { program: await unpackedProgram() }
  return {
    missing:
      'The browser tests need a Chromium, and none was found. Install Google Chrome or Chromium, or set ' +
      'LOTLINE_CHROMIUM to the path of its program file. (Only on Linux x64 does one come with the npm packages.)',
  }
}

/** Starts a headless browser for a test file. The caller closes it. Throws with the remedy when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const found = await findBrowser()
  if ('missing' in found) throw new Error(found.missing)
  return chromium.launch({ executablePath: found.program, headless: true, args: launchArguments })
}

function installedPrograms(): string[] {
  const folders = process.platform === 'linux' ? (process.env['PATH'] ?? '').split(delimiter) : []
  const onPath = usualNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...(usualPlaces[process.platform] ?? []), ...onPath]
}

/**
 * The npm package unpacks into the temporary folder, and takes any file `chromium` it finds there for its own work: so it
 * gets a folder of its own. It decides while it is loaded whether to unpack the shared libraries that a bare Linux lacks;
 * only a variable of the environment it was made for makes it do so.
 */
async function unpackedProgram(): Promise<string> {
  const folder = join(tmpdir(), `lotline-chromium-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = {
    TMPDIR: process.env['TMPDIR'],
    AWS_LAMBDA_JS_RUNTIME: process.env['AWS_LAMBDA_JS_RUNTIME'],
  }
  process.env['TMPDIR'] = folder
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs20.x'
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    const program = await packed.executablePath()
    process.env['FONTCONFIG_FILE'] = fontList(folder)
    return program
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/**
 * The package's own list of fonts names a folder it was not unpacked to, and a browser without any font ends at the first
 * word it draws. Ours names the fonts where they are, and those of the machine for what they lack (a mono face).
 */
function fontList(folder: string): string {
  const file = join(folder, 'lotline-fonts.conf')
  const places = [join(folder, 'fonts'), '/usr/share/fonts'].map((place) => `<dir>${place}</dir>`)
  const first = ['sans-serif', 'system-ui'].map(
    (name) => `<alias><family>${name}</family><prefer><family>Open Sans</family></prefer></alias>`,
  )
  const cache = `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${[...places, ...first, cache].join('')}</fontconfig>`,
  )
  return file
}
