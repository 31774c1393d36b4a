import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { missingFromLock } from './lock-file.mjs'
import { packagesDifference } from './set-up.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lotline-set-up-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('packages are installed when there are none, one is missing, or one has another version', () => {
  write('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0' }, 'packages/own': {} })
  expect(packagesDifference(folder)).toBe('none are installed yet')
  write('node_modules/.package-lock.json', {})
  expect(packagesDifference(folder)).toBe('a is missing')
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.1' } })
  expect(packagesDifference(folder)).toBe('a has another version')
})

test('packages that are all there are left alone, whatever the times of the files', () => {
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } })
  write('package-lock.json', { 'node_modules/a': { version: '1.0.0' } })
  expect(packagesDifference(folder)).toBeUndefined()
})

test('a package for another platform need not be there', () => {
  write('package-lock.json', { 'node_modules/mac-only': { version: '1.0.0', optional: true } })
  write('node_modules/.package-lock.json', {})
  expect(packagesDifference(folder)).toBeUndefined()
})

test('a lock is whole when every optional package it names has an entry, beside or above', () => {
  const beside = {
    'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-mac': '1' } },
    'node_modules/a/node_modules/a-linux': {},
    'node_modules/a-mac': {},
  }
  expect(missingFromLock({ packages: beside })).toEqual([])
})

test('a lock that leaves out a platform is told with who wants it', () => {
  const packages = {
    'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-mac': '1' } },
    'node_modules/a-linux': {},
  }
  expect(missingFromLock({ packages })).toEqual(['a-mac (wanted by node_modules/a)'])
})

function write(name: string, packages: object): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(join(folder, name), JSON.stringify({ packages }))
}
