/**
 * The check character of a code. Digits alone: modulo 10 as GS1 counts it (General Specifications 7.9.1). Letters and
 * digits: ISO/IEC 7064 MOD 37,36. Other characters do not count.
 */
export function checkCharacterOf(code: string): string {
  const signs = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return /^\d*$/.test(signs) ? modulo10(signs) : modulo37of36(signs)
}

function modulo10(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

function modulo37of36(signs: string): string {
  let product = 36
  for (const sign of signs) {
    const sum = (product + Number.parseInt(sign, 36)) % 36
    product = ((sum === 0 ? 36 : sum) * 2) % 37
  }
  return ((37 - product) % 36).toString(36).toUpperCase()
}
