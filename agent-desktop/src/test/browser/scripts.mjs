// A supervisor changes a script: a mistake is refused with its line, a good one is live, and the old
// one is taken back. An agent takes a message and closes it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.SUPERVISOR, process.env.PASSWORD);
await page.click('nav a[href="/scripts"]');
await page.waitForSelector('.picture img');
await page.waitForFunction(() => document.querySelector('.picture img').naturalWidth > 100);
say('drawn');

const yaml = async (change) => {
  await page.click('[data-do=edit]');
  await page.waitForSelector('textarea.yaml');
  await page.waitForFunction(() => document.querySelector('textarea.yaml').value.length > 0);
  const text = await page.inputValue('textarea.yaml');
  await page.fill('textarea.yaml', change(text));
  await page.click('[data-do=take]');
};
await yaml((text) => text.replace('queue: billing', 'queue: nowhere'));
await page.waitForSelector('.faults li');
say('refused', await page.textContent('.faults li'));
await page.fill(
  'textarea.yaml',
  (await page.inputValue('textarea.yaml')).replace('queue: nowhere', 'queue: orders'),
);
await page.click('[data-do=take]');
await page.waitForSelector('[data-version="2"]');
say('taken');
await page.click('[data-version="1"] [data-do=restore]');
await page.waitForSelector('[data-version="3"]');
say('restored');
await browser.close();

const desk = await open();
await logIn(desk.page, process.env.AGENT, process.env.PASSWORD);
await desk.page.waitForSelector('.state');
await desk.page.click('[data-do=ready]');
await desk.page.waitForSelector('.task[data-state=offered]');
say('offered', await desk.page.textContent('.task'));
await desk.page.click('[data-do=accept-task]');
await desk.page.waitForSelector('.task[data-state=working]');
await desk.page.fill('.task textarea', 'called back');
await desk.page.click('[data-do=close-task]');
await desk.page.waitForSelector('.task', { state: 'detached' });
say('closed');
await desk.browser.close();
