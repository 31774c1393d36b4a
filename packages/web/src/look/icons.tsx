import type { ReactNode } from 'react'

/** Icons are drawn on a 16 by 16 ground in the colour of the words beside them, and never stand without a word. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

const shapes = {
  search: <path d="M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.6-1.4L14 14" />,
  home: <path d="M2.5 7.5 8 3l5.5 4.5V13h-4V9.5h-3V13h-4Z" />,
  trace: (
    <path d="M3.5 4.5h2c3.5 0 3 7 6.5 7M3.5 11.5h2c1.5 0 2.3-1.2 3-2.6M3.5 4.5h.01M3.5 11.5h.01M12.5 11.5h.01" />
  ),
  seal: <path d="M8 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.7 8.8 4.5 14 8 12l3.5 2-1.2-5.2" />,
  book: (
    <path d="M3 3h4a1.5 1.5 0 0 1 1 1v9a1.5 1.5 0 0 0-1-.8H3ZM13 3H9a1.5 1.5 0 0 0-1 1v9a1.5 1.5 0 0 1 1-.8h4Z" />
  ),
  help: <path d="M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1V9.5M8 12h.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z" />,
  scheme: <path d="M13.5 9.5A5.7 5.7 0 1 1 6.5 2.5a4.6 4.6 0 0 0 7 7Z" />,
  triangle: <path d="M8 2.5 14.5 13.5h-13ZM8 6.5v3M8 11.5h.01" />,
  octagon: <path d="M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5L1.8 10.5v-5ZM5.3 8h5.4" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.5" />,
  frame: (
    <path d="M2.5 4.5v-2h2M7 2.5h2M11.5 2.5h2v2M13.5 7v2M13.5 11.5v2h-2M9 13.5H7M4.5 13.5h-2v-2M2.5 9V7" />
  ),
  export: <path d="M8 2v8M5 7.5l3 3 3-3M2.5 11v2.5h11V11" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  fit: <path d="M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  right: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  down: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  people: (
    <path d="M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 7.3a2.3 2.3 0 0 0 0-4.4M12 9.8c1.6.5 2.5 1.8 2.5 3.7" />
  ),
  person: (
    <path d="M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.7 14c0-2.8 2.3-4.4 5.3-4.4s5.3 1.6 5.3 4.4" />
  ),
  key: <path d="M5.2 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.4 7.9 13 2.5M10.5 5l2 2" />,
  pin: <path d="M6 2.5h4l-.5 4 2 2.5h-7l2-2.5ZM8 9v4.5" />,
} as const

export type IconName = keyof typeof shapes

export function Sign({ name }: { name: IconName }) {
  return <Icon>{shapes[name]}</Icon>
}
