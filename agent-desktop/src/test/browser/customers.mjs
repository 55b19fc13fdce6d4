// An agent whose caller nobody knows finds the customer by a search, and looks at another one on the
// page of customers. A search is sent once, and what is typed stands in no address.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const sent = [];
page.on('request', (request) => {
  if (request.url().includes('/api/customers')) sent.push(new URL(request.url()).pathname);
});
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.new-customer');
await page.click('[data-do=find-customer]');
await page.locator('.find input[name=customer]').pressSequentially('chen m', { delay: 20 });
await page.waitForSelector('.found [data-customer]');
say('searched', sent.join(' '));
await page.click('.found [data-customer]');
await page.waitForSelector('.customer h2');
say('known', await page.textContent('.customer h2'));

sent.length = 0;
await page.click('a[href="/customers"]');
await page.fill('input[name=customer]', '02 2300-0001');
await page.press('input[name=customer]', 'Enter');
await page.waitForSelector('.found [data-customer]');
await page.click('.found [data-customer]');
await page.waitForSelector('.customer .timeline li');
say('opened', await page.textContent('.customer h2'));
say('sent', sent.map((path) => path.replace(/\d+/, 'ID')).join(' '));
say('at', new URL(page.url()).pathname + new URL(page.url()).search);
await page.click('[data-do=back]');
say('back', await page.locator('.found [data-customer]').count());
await page.fill('input[name=customer]', '%_');
await page.waitForSelector('.found .nothing');
say('nobody', await page.textContent('.found .nothing'));
await page.fill('input[name=customer]', 'somebody');
await page.waitForSelector('.found .nothing:has-text("more")');
say('many', await page.locator('.found [data-customer]').count());
await browser.close();
