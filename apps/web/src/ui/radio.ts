import '@mantine/core/styles/Radio.layer.css'

/** Few dialogs have choices of this kind; their style comes with the first of them. */
export { Radio } from '@mantine/core'
