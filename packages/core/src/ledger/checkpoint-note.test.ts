import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'
import {
  checkpointText,
  isSignedBy,
  keyIdOf,
  readCheckpoint,
  readNote,
  readVerifierKey,
  splitNotes,
  verifierKeyText,
  writeNote,
} from './checkpoint-note.ts'
import { hashOfWords, wordsOf } from './hash-words.ts'

const root = Uint8Array.from({ length: 32 }, (_, at) => at * 7)
const checkpoint = {
  origin: 'lotline-1f2e3d4c/main',
  size: 16_451,
  root,
  signedAt: '2026-11-25T14:00:00.000Z',
}

function signer(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const key = { name, publicKey: Uint8Array.from(raw) }
  return {
    key,
    check: (_: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
      verify(null, message, publicKey, signature),
    sign: (text: string) => ({
      name,
      keyId: keyIdOf(key),
      signature: Uint8Array.from(sign(null, Buffer.from(text), privateKey)),
    }),
  }
}

test('[F1] a checkpoint is a signed note that is read back as it was written', () => {
  const { key, check, sign: by } = signer('lotline-1f2e3d4c')
  const text = checkpointText(checkpoint)
  const note = writeNote({ text, signatures: [by(text)] })
  expect(note).toMatch(
    /^lotline-1f2e3d4c\/main\n16451\n[A-Za-z0-9+/]{43}=\ntime 2026-11-25T14:00:00\.000Z\n\n— lotline-1f2e3d4c [A-Za-z0-9+/]{91}=\n$/,
  )
  const read = readNote(note)
  expect(read).toEqual({ text, signatures: [by(text)] })
  if ('refused' in read) throw new Error('not read')
  expect(readCheckpoint(read.text)).toEqual(checkpoint)
  expect(isSignedBy(read, key, check)).toBe(true)
  expect(isSignedBy({ ...read, text: text.replace('16451', '16450') }, key, check)).toBe(false)
  expect(isSignedBy(read, { ...key, name: 'another' }, check)).toBe(false)
  expect(isSignedBy(read, signer('lotline-1f2e3d4c').key, check)).toBe(false)
  expect(splitNotes(`${note}${note}lotline-1f2e`)).toEqual([note, note])
})

test('[F1] a public key is one line that is checked by its own four bytes', () => {
  const { key } = signer('lotline-1f2e3d4c')
  const line = verifierKeyText(key)
  expect(readVerifierKey(`${line}\n`)).toEqual(key)
  expect(readVerifierKey(line.replace('lotline', 'lotlime'))).toMatchObject({
    code: 'checkpoint_key_unreadable',
  })
  expect(readVerifierKey('nothing')).toMatchObject({ code: 'checkpoint_key_unreadable' })
})

test.each([
  ['', 'no empty line'],
  ['a\nb\n', 'no empty line'],
  ['a\n1\n\nno signature\n', 'no signature'],
  ['a\n1\n\n— name !!!!\n', 'no signature'],
])('[F1] %j is no signed note, and it says why', (text, why) => {
  expect(readNote(text)).toMatchObject({
    code: 'checkpoint_unreadable',
    message: expect.stringContaining(why),
  })
})

test.each(['', 'a\n', 'a\n01\nAAAA\n', `a\n-1\n${toBase64(root)}\n`, 'a\n5\nAAAA\n'])(
  '[F1] %j is no checkpoint',
  (text) => {
    expect(readCheckpoint(text)).toMatchObject({ code: 'checkpoint_unreadable' })
  },
)

test('[F1] Base64 is that of everybody else, and has one spelling for one value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
  for (const wrong of ['A', 'AB', 'A===', 'AB=C', 'AA-_', 'AB==', 'AAB='])
    expect(fromBase64(wrong), wrong).toBe(undefined)
})

test('[F1] a root can be read out as words, and written back', () => {
  expect(wordsOf(Uint8Array.of(127, 0, 0, 1))).toEqual(['lusab', 'babad'])
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
      expect(hashOfWords(wordsOf(hash).join('-').toUpperCase())).toEqual(hash)
    }),
  )
  expect(hashOfWords('lusab babab')).toEqual(Uint8Array.of(127, 0, 0, 0))
  expect(hashOfWords('lusab word')).toBe(undefined)
})
