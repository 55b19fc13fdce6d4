// Twelve pages of one user: the server puts two away, which say so and stay so until they are wanted; no
// page is loaded again by another.
import { address, logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
let loads = 0;
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=not-ready-lunch]');
await page.waitForSelector('.state:has-text("Lunch")');
page.context().on('request', (request) => {
  if (request.isNavigationRequest()) loads++;
});
const pages = [];
for (let i = 0; i < 11; i++) {
  const one = await page.context().newPage();
  await one.goto(address);
  await one.waitForSelector('.state');
  pages.push(one);
  // It is worked at the first one.
  await page.click('[data-do=not-ready-break]');
  await page.waitForSelector('.state:has-text("Break")');
}
await Promise.all(pages.slice(0, 2).map((one) => one.waitForSelector('.put-away')));
say('away', await Promise.all([page, ...pages].map((one) => one.locator('.put-away').count())));
await pages[0].click('[data-do=go-on-here]');
await pages[0].waitForSelector('.put-away', { state: 'detached' });
await pages[2].waitForSelector('.put-away');
await pages[0].click('[data-do=not-ready-lunch]');
await page.waitForSelector('.state:has-text("Lunch")');
say('loads', loads);
await browser.close();
