// Opens Debian's Chromium for the scripts beside this one. playwright-core is found where the front
// end has its libraries.
import { createRequire } from 'node:module';

const require = createRequire(process.env.WEB_FOLDER + '/package.json');
const { chromium } = require('playwright-core');

export const address = process.env.ADDRESS;

/** @param more arguments of Chromium's */
export async function open(size = { width: 1280, height: 860 }, more = []) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
  // In a context of its own: the pages of one browser have the same cookies and the same store.
  const context = await browser.newContext({ viewport: size, locale: 'en-GB' });
  context.on('page', (page) => {
    page.on('pageerror', (fault) => say('page-error', fault.message));
    page.on('console', (line) => line.type() === 'error' && say('console', line.text()));
  });
  return { browser, page: await context.newPage() };
}

/** One line for the test that runs us. */
export const say = (what, text = '') => console.log(`${what} ${text}`);

/** Agent and colleague at desks of their own, the agent ready. */
export async function twoDesks() {
  const desks = [];
  for (const name of [process.env.AGENT, process.env.COLLEAGUE]) {
    const desk = await open();
    await logIn(desk.page, name, process.env.PASSWORD);
    await desk.page.waitForSelector('.state');
    desks.push(desk);
  }
  await desks[0].page.click('[data-do=ready]');
  await desks[0].page.waitForSelector('.state[data-state=ready]');
  say('ready');
  return desks;
}

export async function logIn(page, name, password) {
  await page.goto(address);
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', password);
  await page.click('form button.primary');
}
