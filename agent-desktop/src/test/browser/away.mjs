// A call and a task that come while the agent looks at another page: title, bar, sound and notification
// tell of them, and are gone with them. None of them outside the page has the customer in it.
import { address, logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.context().grantPermissions(['notifications']);
await page.context().addInitScript(() => {
  window.notified = [];
  window.open_ = 0;
  window.Notification = class {
    static permission = 'granted';
    constructor(title, { body, tag }) {
      window.notified.push(`${title}: ${body}`);
      window.open_++;
    }
    close() {
      window.open_--;
    }
  };
  window.tones = 0;
  const start = window.OscillatorNode.prototype.start;
  window.OscillatorNode.prototype.start = function () {
    window.tones++;
    start.call(this);
  };
});
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('title', await page.title());
await page.click('a[href="/customers"]');
// Another page of the same browser is quiet: one tells.
const other = await page.context().newPage();
await other.goto(`${address}customers`);
await other.waitForSelector('input[name=customer]');
await page.bringToFront();
say('ready');

const count = (what) =>
  Promise.all(
    [page, other].map((one) => one.evaluate((name) => window[name].length ?? window[name], what)),
  ).then((all) => all.reduce((sum, one) => sum + one, 0));
const told = async () => {
  while ((await count('notified')) === 0 || (await count('tones')) === 0)
    await page.waitForTimeout(50);
};
const outside = () =>
  Promise.all([page, other].map((one) => one.evaluate(() => window.notified.splice(0)))).then(
    (all) => all.flat().join('|'),
  );
for (const kind of ['call', 'task']) {
  say(`await-${kind}`);
  await page.waitForSelector('[data-offered]');
  await page.waitForFunction(
    () => document.title.startsWith('●') && !document.title.includes('Offered · orders'),
  );
  await told();
  say(`${kind}-bar`, (await page.textContent('[data-offered]')).trim());
  say(`${kind}-title`, await page.title());
  say(`${kind}-outside`, await outside());
  say(`${kind}-tones`, await count('tones'));
  await page.click('[data-do=to-desk]');
  await page.waitForFunction(() =>
    document.activeElement?.matches('[data-do=answer], [data-do=accept-task]'),
  );
  say(`${kind}-focus`, await page.evaluate(() => document.activeElement.dataset.do));
  await page.waitForSelector(`:is([data-do=answer], [data-do=accept-task])[aria-disabled=false]`);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.title.startsWith('●'));
  await page.waitForFunction(() => window.open_ === 0);
  await other.waitForFunction(() => window.open_ === 0);
  if (kind === 'call') {
    await page.click('[data-do=hang-up][aria-disabled=false]');
    await page.waitForSelector('.nobody');
  }
  await page.click('a[href="/customers"]');
  for (const one of [page, other]) await one.evaluate(() => (window.tones = 0));
}
await browser.close();
