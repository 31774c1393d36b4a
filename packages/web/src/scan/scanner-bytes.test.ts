import { expect, test, vi } from 'vitest'
import { posReport } from './hid-scanner.ts'
import { codesIn } from './serial-scanner.ts'

test('[B20] a serial scanner gives whole codes, however its bytes are cut', () => {
  vi.useFakeTimers()
  const codes: string[] = []
  const feed = codesIn((code) => codes.push(code))
  feed('R-10')
  feed('77\r\nR-1078\r')
  expect(codes).toEqual(['R-1077', 'R-1078'])
  feed('NO-END')
  expect(codes).toHaveLength(2)
  vi.advanceTimersByTime(200)
  expect(codes[2]).toBe('NO-END')
  vi.useRealTimers()
})

test('[B20] a report of a HID scanner carries its symbology and its code', () => {
  const report = new Uint8Array(64)
  report.set([6, ...new TextEncoder().encode(']C1R-1077')])
  expect(posReport(new DataView(report.buffer))).toBe(']C1R-1077')
  report.set([6, 0, 0, 0])
  expect(posReport(new DataView(report.buffer))).toBe('R-1077')
})
