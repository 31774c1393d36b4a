import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson } from './terminal.ts'
import { type CommandLineVerb, type Given, serverHelp, serverOptions } from './verb.ts'

interface Sealed {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly words: readonly string[]
  readonly signedAt: string
  readonly note: string
}

interface Keys {
  readonly keys: readonly { readonly keyId: string; readonly key: string; readonly note: string }[]
}

/** Signs the ledger as it stands. */
export const seal: CommandLineVerb = {
  help: `lotline seal
lotline seal --note > checkpoint.txt
lotline seal --keys
lotline seal --new-key

Signs the ledger as it stands now and prints its checkpoint: size, root as hex and as words. The server also does so by
itself every minute and every thousand facts. Keep checkpoints where nobody who could change the database can reach them:
lotline verify --checkpoint FILE then shows that nothing before them was changed.

  --note           only the signed note, to be kept in a file
  --keys           the public keys, each introduced by the one before
  --new-key        makes a new key and hands over to it

${serverHelp}
Exit codes: 0 done, 1 refused, 2 could not be done, 64 wrong command line.`,
  options: {
    ...serverOptions,
    note: { type: 'boolean' },
    keys: { type: 'boolean' },
    'new-key': { type: 'boolean' },
  },
  async run(given: Given) {
    const server = findServer(given)
    if (given.has('keys') || given.has('new-key')) {
      const method = given.has('new-key') ? 'POST' : 'GET'
      const keys = await server.ask<Keys>({ method, path: '/v1/checkpoint-keys' })
      if (given.has('json')) outJson(keys)
      else for (const { note } of keys.keys) out(note)
      return exitCodes.ok
    }
    const sealed = await server.ask<Sealed>({ method: 'POST', path: '/v1/checkpoints', json: {} })
    if (given.has('json')) outJson(sealed)
    else if (given.has('note')) out(sealed.note)
    else print(sealed)
    return exitCodes.ok
  },
}

function print({ origin, size, root, words, signedAt }: Sealed): void {
  out(`${origin}: ${size} entries, signed at ${signedAt}`)
  out(`root ${root}`)
  for (let at = 0; at < words.length; at += 4) out(`     ${words.slice(at, at + 4).join(' ')}`)
}
