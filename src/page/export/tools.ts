/** The tools of still pages in a browser: its own measure of texts, and formulas in plain characters. */
import { PNG_FONTS, plainTex, type StillTools, textAt } from '../../figure/index.js'

/** Of the size: ascent and descent of a line of plain characters. */
const [ASCENT, DESCENT] = [0.8, 0.25]

export function pageTools(chart: StillTools['chart']): StillTools {
  const context = document.createElement('canvas').getContext('2d')!
  const textWidth: StillTools['textWidth'] = (text, fontSize, face) => {
    const style = face === 'italic' ? 'italic ' : face === 'bold' ? 'bold ' : ''
    context.font = `${style}${fontSize}px ${face === 'italic' ? PNG_FONTS.math : PNG_FONTS.text}`
    return context.measureText(text).width
  }
  return {
    textWidth,
    typeset: (tex, fontSize) => {
      const words = plainTex(tex)
      return {
        width: textWidth(words, fontSize, 'italic'),
        ascent: ASCENT * fontSize,
        descent: DESCENT * fontSize,
        svg: (x, y, colour) => textAt(words, x, y, { size: fontSize, colour, face: 'italic' }),
      }
    },
    chart,
  }
}
