// An agent calls a number that another page has brought, sees how far it is, and calls it once more
// from the pop by one click; a number that does not answer is said.
import { address, logIn, open, say } from './browser.mjs';

const { browser, page } = await open({ width: 1366, height: 768 });
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');

const picture = async (name) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
};

await page.goto(new URL('/desk?dial=tel:0912%20345%20678', address).href);
await page.waitForSelector('.dialer');
say('given', await page.inputValue('input[name=dial]'));
say('nobody', await page.locator('[data-dials]').count());
await picture('dialer');
await page.click('[data-do=dial]');
await page.waitForSelector('[data-dials=ringing]');
say('rings', (await page.innerText('[data-dials]')).replace(/\s+/g, ' '));
await picture('rings');
say('hold', await page.getAttribute('[data-do=hold]', 'aria-disabled'));
await page.waitForSelector('[data-dials]', { state: 'detached' });
await page.waitForSelector('[data-do=hold][aria-disabled=false]');
say('pop', (await page.innerText('.pop .about')).replace(/\s+/g, ' '));
await page.waitForSelector('[data-ends]');
say('ends', (await page.innerText('[data-ends]')).replace(/\s+/g, ' '));
await picture('reached');
await page.click('[data-do=hang-up]');
await page.waitForSelector('.state[data-state=wrap-up]');
await page.click('[data-do=finish]');
await page.waitForSelector('.state[data-state=ready]');

await page.fill('input[name=dial]', '0987654321');
await page.keyboard.press('Enter');
await page.waitForSelector('[data-dials=no-answer]');
say('silent', (await page.innerText('[data-dials]')).replace(/\s+/g, ' '));
await picture('silent');
await page.click('[data-do=hang-up]');
await page.waitForSelector('.state[data-state=wrap-up]');
await page.fill('input[name=dial]', '+33612345678');
await page.keyboard.press('Enter');
await page.waitForSelector('.notice:not(:empty)');
say('refused', await page.innerText('.notice'));
await picture('refused');
await browser.close();
