import { LabIcon } from '@jupyterlab/ui-components'

/** The letter ψ in the colour of the page's other icons. */
export const psiIcon = new LabIcon({
  name: 'psilab:psi',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16">
  <g fill="none" stroke-width="1.4" stroke-linecap="round">
    <path class="jp-icon3" stroke="#616161" d="M8 1.8v12.4"/>
    <path class="jp-icon3" stroke="#616161" d="M2.6 4c1.4 0 1.4 1.3 1.4 2.8 0 2.3 1.6 3.4 4 3.4s4-1.1 4-3.4c0-1.5 0-2.8 1.4-2.8"/>
  </g>
</svg>`,
})
