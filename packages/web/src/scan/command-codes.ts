/** What a person with a scanner in the hand says without touching the screen, by scanning a code of the command sheet. */
export const commandNames = [
  'confirm',
  'cancel',
  'undo',
  'quantity',
  'scrap',
  'hold',
  'print',
  'help',
  'sign-out',
] as const

export type CommandName = (typeof commandNames)[number]

/** Capital letters and hyphens alone: every symbology, and every keyboard a scanner pretends to be, can carry them. */
const lead = 'LOTLINE-'

export function commandCode(name: CommandName): string {
  return lead + name.toUpperCase()
}

export function commandIn(text: string): CommandName | undefined {
  const code = text.replace(/^\][A-Za-z]\d/, '').toUpperCase()
  return commandNames.find((name) => commandCode(name) === code)
}
