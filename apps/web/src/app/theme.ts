import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The ten tints of a scale of `ui/tokens.css`, where every value of the design is decided. */
const scale = (name: 'brand' | 'night'): MantineColorsTuple => [
  `var(--${name}-0)`,
  `var(--${name}-1)`,
  `var(--${name}-2)`,
  `var(--${name}-3)`,
  `var(--${name}-4)`,
  `var(--${name}-5)`,
  `var(--${name}-6)`,
  `var(--${name}-7)`,
  `var(--${name}-8)`,
  `var(--${name}-9)`,
]

const IN_PAGE = { target: '#menus' }

/** Hands the tokens to the component kit. Shades are chosen for WCAG AA: the kit's own defaults fail it. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: {
    xs: 'var(--text-note)',
    sm: 'var(--text-small)',
    md: 'var(--text-field)',
    lg: 'var(--text-title)',
    xl: 'var(--text-figure)',
  },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--text-page)', lineHeight: '1.3' },
      h2: { fontSize: 'var(--text-title)', lineHeight: '1.4' },
      h3: { fontSize: 'var(--text-field)', lineHeight: '1.4' },
    },
  },
  colors: { dark: scale('night'), blue: scale('brand') },
  primaryColor: 'blue',
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  radius: { sm: 'var(--radius-sm)', md: 'var(--radius-md)', lg: 'var(--radius-lg)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects: naming the components here would load each of them with the sign-in page.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Alert: { defaultProps: { variant: 'light', radius: 'md' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    // The empty element that the kit focuses first has no place in a menu, and what opens has its place in the page.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: IN_PAGE } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        multiline: true,
        events: { hover: true, focus: true, touch: true },
        portalProps: IN_PAGE,
      },
    },
  },
})

const surfaces = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--dimmed)',
  '--mantine-color-placeholder': 'var(--placeholder)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-default-border': 'var(--border)',
}

export const colours: CSSVariablesResolver = () => ({ variables: {}, light: surfaces, dark: surfaces })
