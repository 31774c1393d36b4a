/**
 * The day of six digits on a label (YYMMDD): a century is chosen so that it lies from 49 years back to 50 years ahead, and day
 * 00 means the last of the month (GS1 General Specifications 7.12). Undefined: no such day.
 */
export function dayOf(digits: string, today: Date): string | undefined {
  const [, yy = '', mm = '', dd = ''] = /^(\d\d)(\d\d)(\d\d)/.exec(digits) ?? []
  if (yy === '') return undefined
  const now = today.getUTCFullYear()
  const century = now - (now % 100)
  const ahead = Number(yy) - (now % 100)
  const year = century + Number(yy) + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0)
  const day = dd === '00' ? lastOf(year, Number(mm)) : Number(dd)
  const at = new Date(Date.UTC(year, Number(mm) - 1, day))
  return at.getUTCMonth() === Number(mm) - 1 && at.getUTCDate() === day
    ? at.toISOString().slice(0, 10)
    : undefined
}

function lastOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
