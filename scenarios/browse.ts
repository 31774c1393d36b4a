import type { StoryPlant } from './story.ts'

interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
  /** The cookie the browser would keep. */
  readonly cookie: string
  readonly cookieRules: string
}

/** A browser on the plant's own page: it keeps its cookie, and says which page sent what. */
export async function browse(plant: StoryPlant, path: string, json?: object, cookie = ''): Promise<Answered> {
  const response = await fetch(plant.url + path, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      origin: plant.url,
      'sec-fetch-site': 'same-origin',
      ...(cookie === '' ? {} : { cookie }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const rules = response.headers.get('set-cookie') ?? ''
  const body: Record<string, unknown> = JSON.parse(await response.text())
  return { status: response.status, body, cookie: rules.split(';')[0] ?? '', cookieRules: rules }
}

/** Gives somebody an account and signs in with it: the cookie. */
export async function signedIn(
  plant: StoryPlant,
  name: string,
  roles: readonly object[],
  party?: string,
): Promise<string> {
  const json = { name, printedName: name, roles, ...(party === undefined ? {} : { party }) }
  const { link } = await plant.client.ask<{ link: string }>({ method: 'POST', path: '/v1/people', json })
  const used = await browse(plant, '/v1/links/use', {
    code: link.split('#')[1],
    password: `${name} walks far`,
  })
  return used.cookie
}
