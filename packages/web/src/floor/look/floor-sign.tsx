const shapes = {
  check: <path d="m4 12.5 5.5 5.5L20 6.5" />,
  kept: <path d="M12 3v10m-4.5-4L12 13.5 16.5 9M4 15v5.5h16V15" />,
  triangle: <path d="M12 3.5 22 20.5H2ZM12 10v5M12 18h.01" />,
  octagon: <path d="M8.3 2.5h7.4l5.8 5.8v7.4l-5.8 5.8H8.3l-5.8-5.8V8.3ZM7.5 12h9" />,
  scan: <path d="M3 7V3h4M17 3h4v4M21 17v4h-4M7 21H3v-4M7 8v8M10.5 8v8M14 8v8M17 8v8" />,
  receive: <path d="M3 14v6h18v-6M12 3v11m-5-4.5 5 5 5-5" />,
  work: <path d="M4 20l7-7M14 4a4.5 4.5 0 0 0 6 6l-9.5 9.5a2 2 0 0 1-3-3L17 7" />,
  move: <path d="M3 12h17m-6-6 6 6-6 6" />,
  pack: <path d="M3 8l9-5 9 5v8l-9 5-9-5ZM3 8l9 5 9-5M12 13v8" />,
  ship: (
    <path d="M2 6h12v10H2ZM14 10h4l4 4v2h-8M6 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z" />
  ),
  count: <path d="M5 3h14v18H5ZM8 8h8M8 12h3M8 16h3M14.5 12h1.5M14.5 16h1.5" />,
  hold: <path d="M8.3 2.5h7.4l5.8 5.8v7.4l-5.8 5.8H8.3l-5.8-5.8V8.3ZM10 8v8M14 8v8" />,
  more: <path d="M4 6h16M4 12h16M4 18h16" />,
  home: <path d="M4 11 12 4l8 7v9h-6v-6h-4v6H4Z" />,
  tray: <path d="M3 13h5l1.5 3h5L16 13h5M3 13v7h18v-7L18 4H6Z" />,
  person: <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c0-5 4-7 8-7s8 2 8 7" />,
  station: <path d="M3 5h18v11H3ZM8 21h8M12 16v5" />,
  keyboard: <path d="M2 6h20v12H2ZM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10" />,
} as const

export type FloorSignName = keyof typeof shapes

/** A sign of the floor, larger than those of the office, and never without a word beside it. */
export function FloorSign({ name }: { name: FloorSignName }) {
  return (
    <svg
      width="32"
      height="32"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  )
}
