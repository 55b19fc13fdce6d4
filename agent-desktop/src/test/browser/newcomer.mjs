// A newcomer before the demo: logs in with what the page shows, goes ready, gets a pop, answers,
// holds and retrieves, hangs up, wraps up, and watches the wallboard move. Says how long each took.
import { address, open, say } from './browser.mjs';

const shots = process.env.SCREENSHOTS;
const { browser, page } = await open();
const begin = Date.now();
const step = (name) => say('step', `${name} ${Date.now() - begin}`);
const shoot = (name) => shots && page.screenshot({ path: `${shots}/${name}.png` });

await page.goto(address);
await page.waitForSelector('.hints button');
await shoot('login');
await page.click('.hints button >> nth=0');
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
step('ready');
await page.waitForSelector('.pop', { timeout: 60000 });
step('pop');
await page.click('[data-do=answer]');
await page.waitForSelector('.state[data-state=talking]');
step('talking');
await shoot('desk');
await page.click('[data-do=hold]');
await page.waitForSelector('.state[data-state=hold]');
await page.click('[data-do=retrieve]');
await page.waitForSelector('.state[data-state=talking]');
step('held-and-retrieved');
await page.click('[data-do=hang-up]');
await page.waitForSelector('[data-disposition]');
await page.click('[data-disposition] >> nth=1');
await page.fill('.wrap-up textarea', 'asked for the delivery date');
await shoot('wrap-up');
await page.click('[data-do=finish]');
await page.waitForSelector('.wrap-up', { state: 'detached' });
step('wrapped-up');
await page.click('a[href="/wallboard"]');
const figures = () =>
  page.$$eval('[data-figure]', (all) => all.map((one) => one.textContent).join('|'));
await page.waitForSelector('[data-figure=answered]');
const first = await figures();
await page.waitForFunction(
  (before) =>
    [...document.querySelectorAll('[data-figure]')].map((one) => one.textContent).join('|') !==
    before,
  first,
);
step('wallboard-moved');
if (shots) await page.waitForTimeout(Number(process.env.LINGER ?? 0));
await shoot('wallboard');
await page.selectOption('.top select', 'zh-Hant');
await page.waitForSelector('text=看板');
await shoot('wallboard-zh');
await browser.close();
