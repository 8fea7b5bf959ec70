export const loadPalette = () => import('./palette.tsx')
