import type { Client } from '@lotline/client/client'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson, table } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp, serverOptions } from './verb.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly printedName: string
  readonly party: string | null
  readonly roles: readonly { readonly role: string; readonly site?: string }[]
  readonly disabledAt: string | null
  readonly hasPassword: boolean
}

/** Accounts and their roles, for whoever sits at the machine. */
export const people: CommandLineVerb = {
  help: `lotline people
lotline people add anna --printed-name "Anna Weber" --role quality --role planner@VALLEY
lotline people add kim --printed-name "Kim Ode" --role customer --party ACME
lotline people roles anna --role auditor
lotline people link anna
lotline people disable anna
lotline people first

Lists accounts, or changes one. Nobody but the person learns the password: \`add\` and \`link\` print a link that sets it once.
\`first\` prints the link that makes the first administrator, while there is none.

  --role ROLE[@SITE]   may be given several times; without a site it holds for all of them
  --printed-name TEXT  the name as it is printed under a signature
  --party CODE         company of a customer or supplier

${serverHelp}
${exitHelp}`,
  options: {
    ...serverOptions,
    role: { type: 'string', multiple: true },
    'printed-name': { type: 'string' },
    party: { type: 'string' },
  },
  run,
}

async function run(given: Given): Promise<number> {
  const client = findServer(given)
  const [what = 'list', name] = given.words
  if (what === 'list') return list(client, given)
  if (what === 'first') return first(client, given)
  if (!['add', 'roles', 'link', 'disable', 'enable'].includes(what))
    throw new UsageError(`There is no ${JSON.stringify(what)} of people.`)
  if (name === undefined) throw new UsageError(`Say whose account: lotline people ${what} NAME.`)
  return what === 'add' ? add(client, given, name) : change(client, given, what, name)
}

async function list(client: Client, given: Given): Promise<number> {
  const { people: all } = await everybody(client)
  if (given.has('json')) outJson({ people: all })
  else out(table(['name', 'printed name', 'roles', 'company', 'state'], all.map(rowOf)))
  return exitCodes.ok
}

function rowOf(person: Person): (string | null)[] {
  const roles = person.roles.map(({ role, site }) => (site === undefined ? role : `${role}@${site}`))
  const state = person.disabledAt !== null ? 'disabled' : person.hasPassword ? 'active' : 'no password yet'
  return [person.name, person.printedName, roles.join(', '), person.party, state]
}

async function add(client: Client, given: Given, name: string): Promise<number> {
  const party = given.text('party')
  const made = await client.ask<{ person: Person; link: string }>({
    method: 'POST',
    path: '/v1/people',
    json: {
      name,
      printedName: given.text('printed-name') ?? name,
      roles: rolesOf(given),
      ...(party === undefined ? {} : { party }),
    },
  })
  return tellLink(client, given, made.link, `${name} is added.`)
}

async function change(client: Client, given: Given, what: string, name: string): Promise<number> {
  const { people: all } = await everybody(client)
  const person = all.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!person) throw new CannotDo(`There is no account ${JSON.stringify(name)}. lotline people lists them.`)
  const call = { method: 'POST', path: `/v1/people/${person.id}/${what}` } as const
  if (what === 'link') {
    const { link } = await client.ask<{ link: string }>(call)
    return tellLink(client, given, link, `${person.name} can set a new password.`)
  }
  const now = await client.ask<Person>(what === 'roles' ? { ...call, json: { roles: rolesOf(given) } } : call)
  if (given.has('json')) outJson(now)
  else out(table(['name', 'printed name', 'roles', 'company', 'state'], [rowOf(now)]))
  return exitCodes.ok
}

async function first(client: Client, given: Given): Promise<number> {
  const answer = await client.ask<{ link?: string }>({ method: 'POST', path: '/v1/people/first-link' })
  if (answer.link === undefined)
    throw new CannotDo('There is an administrator already. lotline people link NAME gives a new link.')
  return tellLink(client, given, answer.link, 'Whoever opens this becomes the administrator.')
}

function tellLink(client: Client, given: Given, path: string, words: string): number {
  const link = `${client.address.url.replace(/\/$/, '')}${path}`
  if (given.has('json')) outJson({ link })
  else out(`${words} The link works once, and is not shown again:\n${link}`)
  return exitCodes.ok
}

function everybody(client: Client): Promise<{ people: readonly Person[] }> {
  return client.ask({ method: 'GET', path: '/v1/people' })
}

export function rolesOf(given: Given): { role: string; site?: string }[] {
  const texts = given.texts('role')
  if (texts.length === 0) throw new UsageError('Give at least one --role.')
  return texts.map((text) => {
    const at = text.indexOf('@')
    return at === -1 ? { role: text } : { role: text.slice(0, at), site: text.slice(at + 1) }
  })
}
