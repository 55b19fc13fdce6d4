// Second clicks a third of a second after the first, as people click: whatever stands there by then was
// not meant. And where the controls are, whatever the call does.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open({ width: 1366, height: 768 });
const state = (name) => page.waitForSelector(`.state[data-state=${name}]`);
await page.addInitScript(() => {
  const send = window.WebSocket.prototype.send;
  window.sent = [];
  window.WebSocket.prototype.send = function (text) {
    window.sent.push(JSON.parse(text).type);
    send.call(this, text);
  };
});
const sent = () => page.evaluate(() => window.sent.splice(0).filter((one) => one !== 'keepDraft'));
const middle = async (control) => {
  const box = await page.locator(control).boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};
const twice = async (control) => {
  const place = await middle(control);
  await page.mouse.click(...place);
  // Not to wait for something: it is how people click.
  await page.waitForTimeout(350);
  await page.mouse.click(...place);
};
// In the same place, by what the call does.
const INSTEAD = { hold: 'retrieve', 'hang-up': 'decline' };
const CONTROLS = ['answer', 'hold', 'keypad', 'transfer', 'park', 'hang-up'];
const places = async () => {
  const all = [];
  for (const control of CONTROLS) {
    const one = `:is(${[control, INSTEAD[control]].map((name) => `[data-do=${name}]`).join()})`;
    const box = await page.locator(`.controls ${one}`).boundingBox();
    all.push(`${Math.round(box.x)},${Math.round(box.y)}`);
  }
  return all.join(' ');
};

await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await state('ready');
say('ready');
await state('ringing');
const first = await places();
await page.waitForSelector('[data-do=answer][aria-disabled=false]');
await sent();
await twice('[data-do=answer]');
await state('talking');
say('answers', (await sent()).join(' '));
say('notices', await page.locator('.notice:not(:empty)').count());
say('talking', (await places()) === first);

await twice('[data-do=not-ready-break]');
await page.waitForSelector('.pending');
await twice('[data-do=not-ready-lunch]');
await page.waitForSelector('.pending:has-text("Lunch")');
say('pauses', (await sent()).join(' '));

await page.waitForSelector('[data-do=hold][aria-disabled=false]');
await page.click('[data-do=hold]');
await state('hold');
say('hold', (await places()) === first);
await page.selectOption('.top select', 'zh-Hant');
const chinese = await places();
await page.waitForSelector('[data-do=retrieve][aria-disabled=false]');
await page.click('[data-do=retrieve]');
await state('talking');
say('chinese', (await places()) === chinese);
await page.selectOption('.top select', 'en');
// A refusal comes and goes, and moves nothing.
await page.waitForSelector('[data-do=transfer][aria-disabled=false]');
await page.click('[data-do=transfer]');
await page.fill('[name=transfer-to]', '+44 20 7946 0000');
await page.click('[data-number] [data-do=give]');
await page.waitForSelector('.notice:not(:empty)');
await page.keyboard.press('Escape');
say('refused', (await places()) === first);
await page.click('[data-do=hang-up]');
await state('wrap-up');
say('wrap-up', (await places()) === first);
await browser.close();
