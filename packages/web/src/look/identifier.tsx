import styles from './look.module.css'

/**
 * An identifier as people read it: mono, zero with a slash, long runs in groups of four. The gaps are drawn, not written,
 * so that a copy is the identifier itself.
 */
export function Identifier({ code, strong = false }: { code: string; strong?: boolean }) {
  return (
    <span className={styles['identifier']} data-strong={strong || undefined} title={code}>
      {chunks(code).map((chunk, at) => (
        <span key={at} className={at > 0 ? styles['chunk'] : undefined}>
          {chunk}
        </span>
      ))}
    </span>
  )
}

/** Only long runs of digits are hard to read; `H-20931` is left as it is. */
export function chunks(code: string): string[] {
  if (!/\d{9,}/.test(code) || code.includes('/')) return [code]
  return code
    .split(/(\d{9,})/)
    .flatMap((part) => (/^\d{9,}$/.test(part) ? (part.match(/\d{1,4}/g) ?? []) : part === '' ? [] : [part]))
}
