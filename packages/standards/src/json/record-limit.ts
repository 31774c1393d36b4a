import { refuse, type Refusal } from '@lotline/core/base/refusal'

/** One record may not be longer than this; what a person captured is a few kilobytes. */
export const recordLengthMax = 20_000_000

/** A record larger than anything a person captures, told by the line where it begins. */
export function recordTooLarge(line: number): Refusal<'record_too_large'> {
  return refuse('record_too_large', {
    message: `One record of the file is too large to be one (from line ${line} on).`,
    fix: 'Send large contents as attachments, and the records by themselves.',
    field: `line ${line}`,
  })
}
