// An administrator is told on the wallboard that the database did not take something, and looks at it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.SUPERVISOR, process.env.PASSWORD);
await page.waitForSelector('.queue-card');
say('told', await page.locator('p[data-refused]').innerText());
const link = page.locator('p[data-refused] a');
say('link', await link.count());
if ((await link.count()) > 0) {
  await link.click();
  const row = page.locator('table[data-refused] tbody tr');
  await row.waitFor();
  const cells = await row.locator('td').allTextContents();
  say('row', cells.slice(1).join('|'));
}
await browser.close();
