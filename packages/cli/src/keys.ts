import type { Client } from '@lotline/client/client'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { rolesOf } from './people.ts'
import { out, outJson, say, table } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp, serverOptions } from './verb.ts'

interface Key {
  readonly id: string
  readonly name: string
  readonly party: string | null
  readonly roles: readonly { readonly role: string; readonly site?: string }[]
  readonly verbs: readonly string[] | null
  readonly revokedAt: string | null
  readonly secrets: readonly {
    readonly prefix: string
    readonly endsAt: string
    readonly usedAt: string | null
  }[]
}

/** Keys of programs on other machines, for whoever sits at this one. */
export const keys: CommandLineVerb = {
  help: `lotline keys
lotline keys add erp-bridge --role planner --role warehouse@VALLEY --verb open --verb ship --days 90
lotline keys add acme-portal --role customer --party ACME
lotline keys rotate erp-bridge --overlap 48
lotline keys revoke erp-bridge

Lists keys, or changes one. A key lets a program on another machine act, as \`key:NAME\` in the record. \`add\` and \`rotate\`
print the secret once; the program sends it as \`Authorization: Bearer SECRET\`. After \`rotate\` the secret before stays
good for the overlap. A revoked key stays shut.

  --role ROLE[@SITE]   may be given several times; without a site it holds for all of them
  --verb VERB          the only verbs it may record, of those its roles may; may be given several times
  --party CODE         company of a customer or supplier, whose records alone it sees then
  --days N             days until the secret ends, 365
  --overlap HOURS      hours for which the secrets before stay good, 24

${serverHelp}
${exitHelp}`,
  options: {
    ...serverOptions,
    role: { type: 'string', multiple: true },
    verb: { type: 'string', multiple: true },
    party: { type: 'string' },
    days: { type: 'string' },
    overlap: { type: 'string' },
  },
  run,
}

async function run(given: Given): Promise<number> {
  const client = findServer(given)
  const [what = 'list', name] = given.words
  if (what === 'list') return list(client, given)
  if (!['add', 'rotate', 'revoke'].includes(what))
    throw new UsageError(`There is no ${JSON.stringify(what)} of keys.`)
  if (name === undefined) throw new UsageError(`Say which key: lotline keys ${what} NAME.`)
  if (what === 'add') return add(client, given, name)
  const key = await keyNamed(client, name)
  return what === 'rotate' ? rotate(client, given, key) : revoke(client, given, key)
}

async function list(client: Client, given: Given): Promise<number> {
  const all = await everyKey(client)
  if (given.has('json')) outJson({ keys: all })
  else out(table(['name', 'roles', 'verbs', 'company', 'secret', 'ends', 'last used'], all.flatMap(rowsOf)))
  return exitCodes.ok
}

/** A row a secret: while one takes over from another, both are good. */
function rowsOf(key: Key): (string | null)[][] {
  const roles = key.roles.map(({ role, site }) => (site === undefined ? role : `${role}@${site}`)).join(', ')
  const verbs = key.verbs === null ? 'all of its roles' : key.verbs.join(', ')
  return key.secrets.map(({ prefix, endsAt, usedAt }) => {
    const ends = key.revokedAt === null ? endsAt : `revoked ${key.revokedAt}`
    return [key.name, roles, verbs, key.party, prefix, ends, usedAt ?? 'never']
  })
}

async function add(client: Client, given: Given, name: string): Promise<number> {
  const [party, verbs] = [given.text('party'), given.texts('verb')]
  const made = await client.ask<{ key: Key; secret: string }>({
    method: 'POST',
    path: '/v1/keys',
    json: {
      name,
      roles: rolesOf(given),
      ...(verbs.length === 0 ? {} : { verbs }),
      ...(party === undefined ? {} : { party }),
      ...numberAs('days', given, 'days'),
    },
  })
  return tellSecret(given, made, `${name} is made.`)
}

async function rotate(client: Client, given: Given, key: Key): Promise<number> {
  const made = await client.ask<{ key: Key; secret: string }>({
    method: 'POST',
    path: `/v1/keys/${key.id}/rotate`,
    json: { ...numberAs('days', given, 'days'), ...numberAs('overlapHours', given, 'overlap') },
  })
  const before = made.key.secrets.slice(1).find(({ endsAt }) => Date.parse(endsAt) > Date.now())
  const until = before ? ` ${before.prefix} stays good until ${before.endsAt}.` : ''
  return tellSecret(given, made, `${key.name} has a new secret.${until}`)
}

async function revoke(client: Client, given: Given, key: Key): Promise<number> {
  const now = await client.ask<Key>({ method: 'POST', path: `/v1/keys/${key.id}/revoke` })
  if (given.has('json')) outJson(now)
  else out(`${key.name} is revoked: nothing opens with it from now on.`)
  return exitCodes.ok
}

/** The secret alone goes to the output, so that it can be piped into a vault; words about it go beside. */
function tellSecret(given: Given, made: { key: Key; secret: string }, words: string): number {
  if (given.has('json')) outJson(made)
  else {
    say(`${words} Its secret, which is not shown again:`)
    out(made.secret)
  }
  return exitCodes.ok
}

async function keyNamed(client: Client, name: string): Promise<Key> {
  const key = (await everyKey(client)).find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!key) throw new CannotDo(`There is no key ${JSON.stringify(name)}. lotline keys lists them.`)
  return key
}

async function everyKey(client: Client): Promise<readonly Key[]> {
  const { keys: all } = await client.ask<{ keys: readonly Key[] }>({ method: 'GET', path: '/v1/keys' })
  return all
}

function numberAs(field: string, given: Given, option: string): Record<string, number> {
  const text = given.text(option)
  if (text === undefined) return {}
  if (!/^\d{1,4}$/.test(text)) throw new UsageError(`--${option} takes a whole number.`)
  return { [field]: Number(text) }
}
