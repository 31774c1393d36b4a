/** Gives the person a file, as a download of the browser. */
export function saveFile(name: string, text: string, type: string): void {
  // The mark tells spreadsheets that the letters are UTF-8.
  const mark = type === 'text/csv' ? '\ufeff' : ''
  const address = URL.createObjectURL(new Blob([mark + text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
