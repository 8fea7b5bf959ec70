import { ADDON_KEY, ticketOf } from '../../apps/bff/test/whmcs-addon.ts'
import { startConsole } from '../support/console-process.ts'
import { expect, test } from './console.ts'

const WHMCS = 'https://whmcs.example'
/** Whom each console of the tests begins with. */
const ADMIN = 'ada@provider.example'

test('comes from WHMCS to a client, signed in, and is told why when it cannot be', async ({ browser, simulator }) => {
  test.setTimeout(120_000)
  const env = {
    WHMCS_MODE: 'addon',
    WHMCS_ADDON_KEY_ID: ADDON_KEY.id,
    WHMCS_ADDON_SECRET: ADDON_KEY.secret,
    WHMCS_ADMINS: `1=${ADMIN}`,
  }
  const running = await startConsole(simulator, { env })
  const context = await browser.newContext({ baseURL: running.url })
  const page = await context.newPage()
  let sub = 'admin:1'
  // As the page of the addon does, from another site than the console's.
  await page.route(`${WHMCS}/**`, async (route) => {
    const ticket = ticketOf(new Date(), { claims: { sub } })
    const form = `<form id="f" method="post" action="${running.url}/api/v1/sso/whmcs"><input name="ticket" value="${ticket}"></form>`
    const body = `${form}<script>document.getElementById('f').submit()</script>`
    await route.fulfill({ contentType: 'text/html', body })
  })

  await page.goto(WHMCS)
  await expect(page).toHaveURL(`${running.url}/c/default/clients/7`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: ADMIN })).toBeVisible()
  expect(await context.cookies(running.url)).toEqual([expect.objectContaining({ name: 'sid', sameSite: 'Strict' })])

  sub = 'admin:9'
  await page.goto(WHMCS)
  await expect(page.getByText('WHMCS_ADMINS does not say who this admin of WHMCS is here.')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in to the console' }).click()
  await expect(page).toHaveURL(`${running.url}/c/default/clients/7`)
  expect(running.output()).not.toContain(ADDON_KEY.secret)
  await context.close()
  await running.stop()
})
