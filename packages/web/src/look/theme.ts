import { Button, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { dark, light, type Palette } from './colours.ts'

const blue: MantineColorsTuple = [
  '#E4EDFC',
  '#C9DBF9',
  '#A9C6F6',
  '#8DB6F9',
  '#5C92EC',
  '#3674DC',
  '#0B4FC4',
  '#0A46AE',
  '#083C95',
  '#062F75',
]

/** Mantine's own parts take their greys from here in the dark scheme. */
const greys: MantineColorsTuple = [
  '#E4E7EA',
  '#C7CCD1',
  '#A4ADB6',
  '#737D87',
  '#4A525A',
  '#333A41',
  '#1C2025',
  '#191D21',
  '#14171A',
  '#0F1113',
]

const systemSans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace'

export const theme = createTheme({
  fontFamily: systemSans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: systemSans, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.34', sm: '1.4', md: '1.43', lg: '1.43', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'md',
  primaryColor: 'blue',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: { blue, dark: greys },
  // Said by name, so that the page's own colours find the filled button.
  components: { Button: Button.extend({ defaultProps: { variant: 'filled' } }) },
})

/** Gives the page its own colours as variables (`--ink-…`), and Mantine's parts the same ones. */
export const variablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(light),
  dark: variablesOf(dark),
})

function variablesOf(palette: Palette): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(palette).map(([name, colour]) => [`--ink-${kebab(name)}`, colour])),
    '--mantine-color-body': palette.surface,
    '--mantine-color-text': palette.text,
    '--mantine-color-dimmed': palette.muted,
    '--mantine-color-placeholder': palette.muted,
    '--mantine-color-anchor': palette.link,
    '--mantine-color-error': palette.stop,
    '--mantine-color-default': palette.surface,
    '--mantine-color-default-hover': palette.background,
    '--mantine-color-default-color': palette.text,
    '--mantine-color-default-border': palette.line,
    '--mantine-primary-color-filled': palette.link,
    '--mantine-primary-color-contrast': palette.onLink,
  }
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
