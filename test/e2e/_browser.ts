import { type Browser, chromium } from 'playwright-core'
import { browserArguments } from '../../tools/setup/browser.mjs'

export { findBrowser, NO_BROWSER } from '../../tools/setup/browser.mjs'

/** A browser that speaks to nobody but the page's own server, and keeps what it writes in the folder `home`. */
export const launch = (executablePath: string, home: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    env: { ...process.env, HOME: home },
    args: [...browserArguments],
  })
