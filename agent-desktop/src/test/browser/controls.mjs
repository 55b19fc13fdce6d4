// What an impatient hand and a bad line do to the controls: a second click on Answer holds nobody, what
// is asked when the line breaks is done once, a wrong choice of customer is made good, and a tab that is
// duplicated counts for itself.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.context().addInitScript(() => {
  const Socket = window.WebSocket;
  window.sent = [];
  window.WebSocket = class extends Socket {
    constructor(url) {
      super(url);
      window.session = new URL(url).searchParams.get('session');
    }

    send(text) {
      window.sent.push(JSON.parse(text));
      // The server has it, and its answer is lost.
      super.send(text);
      if (window.breaksAt && text.includes(window.breaksAt)) {
        window.breaksAt = null;
        this.onmessage = null;
        this.close();
      }
    }
  };
});
const state = (name) => page.waitForSelector(`.state[data-state=${name}]`);
const sent = (type) =>
  page.evaluate((wanted) => window.sent.filter((one) => one.type === wanted), type);
const middle = async (control) => {
  const box = await page.locator(control).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await state('ready');
say('ready');

await state('ringing');
await page.waitForSelector('[data-customer]');
const [first, second] = await page.$$eval('[data-customer]', (all) =>
  all.map((one) => one.getAttribute('data-customer')),
);
await page.click(`[data-customer="${first}"]`);
await page.waitForSelector('.customer h2');
say('chosen', await page.textContent('.customer h2'));
await page.click('[data-do=somebody-else]');
await page.click(`[data-customer="${second}"]`);
await page.waitForSelector(`[data-do=somebody-else][aria-expanded=false]`);
say('changed', await page.textContent('.customer h2'));

const answer = await middle('[data-do=answer]');
await page.waitForSelector('[data-do=answer][aria-disabled=false]');
await page.mouse.dblclick(answer.x, answer.y);
await state('talking');
await page.mouse.click(answer.x, answer.y);
await page.$eval('[data-do=hang-up]', (button) => button.click());
say('impatient', (await sent('hold')).length + (await sent('hangUp')).length);
say('answers', (await sent('answer')).length);

await page.evaluate(() => (window.breaksAt = '"hold"'));
await page.click('[data-do=hold]');
await state('hold');
await page.waitForSelector('.link-lost', { state: 'detached' });
await page.waitForFunction(() => window.sent.filter((one) => one.type === 'hold').length === 2);
const holds = await sent('hold');
say('held', holds.map((one) => one.id).join(' ') === `${holds[0].id} ${holds[0].id}`);
const hold = await middle('[data-do=retrieve]');
say('places', hold.x !== answer.x && hold.y === answer.y);
await page.click('[data-do=retrieve]');
await state('talking');

const session = await page.evaluate(() => window.session);
await page.reload();
await page.waitForSelector('.pop');
say('reloaded', (await page.evaluate(() => window.session)) === session);
const [copy] = await Promise.all([
  page.context().waitForEvent('page'),
  page.evaluate(() => void window.open(location.href)),
]);
await copy.waitForSelector('.pop');
say('copied', (await copy.evaluate(() => window.session)) !== session);
await copy.close();

await page.click('[data-do=hang-up]');
await state('ready');
await browser.close();
