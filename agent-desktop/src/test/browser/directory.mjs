// An agent gives the caller to a customer, who is found as the name is typed; of a number that is not
// dialed the desk says why.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const asked = [];
page.on('request', (request) => {
  const { pathname, search } = new URL(request.url());
  if (pathname.includes('customers')) asked.push(pathname + search);
});
const sent = [];
page.on('websocket', (socket) =>
  socket.on('framesent', ({ payload }) => sent.push(JSON.parse(payload))),
);
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('[data-do=answer][aria-disabled=false]');
await page.click('[data-do=answer]');
await page.waitForSelector('[data-do=transfer][aria-disabled=false]');
await page.click('[data-do=transfer]');
await page.locator('[name=transfer-to]').pressSequentially('chen', { delay: 30 });
await page.waitForSelector('[data-customer-number]');
say('found', (await page.locator('.whom [data-customer] b').allTextContents()).join('|'));
say('asked', asked.join(' '));
const landline = page.locator('[data-customer-number="+886223000001"]');
say('landline', await landline.textContent());
if (!(await landline.locator('[data-do=give]').isDisabled())) say('wrong');
await page.fill('[name=transfer-why]', 'about the tea');
await page.click('[data-customer-number="+886912345678"] [data-do=give]');
await page.waitForSelector('.state[data-state=wrap-up]');
const { type, number, why } = sent.find((one) => one.type.startsWith('transfer'));
say('sent', `${type} ${number} ${why}`);
await browser.close();
