import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const dark: MantineColorsTuple = [
  '#e8eaed',
  '#c9cdd3',
  '#a7adb6',
  '#7d858f',
  '#3d444d',
  '#2f353d',
  '#22272e',
  '#1a1e24',
  '#14171c',
  '#0f1216',
]

/** Shades and dimmed colours are chosen for WCAG AA: the kit's own defaults fail it. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  colors: { dark },
  primaryColor: 'blue',
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  radius: { sm: '4px', md: '6px', lg: '10px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects: naming the components here would load each of them with the sign-in page.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Alert: { defaultProps: { variant: 'light', radius: 'md' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    // The empty element that the kit focuses first has no place in a menu, and a menu has its place in the page.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#menus' } } },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, events: { hover: true, focus: true, touch: true } },
    },
  },
})

export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#6b737b',
    '--mantine-color-error': '#b42318',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#d5d9de',
    '--page': '#f6f7f9',
    '--panel': '#ffffff',
    '--line': '#e4e7eb',
    '--hover': '#f3f5f8',
    '--accent': '#1864ab',
    '--accent-soft': '#e7f0fa',
    '--good': '#217a3c',
    '--warn': '#8f5a00',
    '--bad': '#b42318',
  },
  dark: {
    '--mantine-color-dimmed': '#adb5bd',
    '--mantine-color-placeholder': '#9aa3ad',
    '--mantine-color-error': '#ff9a92',
    '--mantine-color-body': '#1a1e24',
    '--mantine-color-default-border': '#3d444d',
    '--page': '#14171c',
    '--panel': '#1a1e24',
    '--line': '#2f353d',
    '--hover': '#22272e',
    '--accent': '#74b4f5',
    '--accent-soft': '#1d2f45',
    '--good': '#6fd08c',
    '--warn': '#f0b95b',
    '--bad': '#ff9a92',
  },
})
