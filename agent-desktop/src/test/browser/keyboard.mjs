// An agent without a mouse: the focus is where the next thing is to be done, and what happens is said.
// Who types on while their field has gone answers nobody by it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const state = (name) => page.waitForSelector(`.state[data-state=${name}]`);
const focus = () =>
  page.evaluate(() => {
    const { dataset, className, tagName } = document.activeElement;
    return dataset.do ?? dataset.disposition ?? (className || tagName.toLowerCase());
  });
const focused = (what) => page.waitForFunction((one) => document.activeElement?.matches(one), what);
const happened = () => page.textContent('[data-happened]');

await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
say('h1', await page.textContent('h1'));
await page.focus('[data-do=ready]');
await page.keyboard.press('Enter');
await state('ready');
say('ready', await focus());
await page.waitForFunction(() => document.querySelector('[data-happened]').textContent === 'Ready');

await state('ringing');
await focused('[data-do=answer][aria-disabled=false]');
// It may ring before it is known who it is.
await page.waitForFunction(() =>
  document.querySelector('[data-happened]').textContent.includes('Chen Mei'),
);
say('rings', await happened());
await page.keyboard.press('Enter');
await state('talking');
say('talks', await focus());
say('told', await happened());
await page.waitForSelector('[data-do=hang-up][aria-disabled=false]');
await page.focus('[data-do=hang-up]');
await page.keyboard.press('Enter');
await state('wrap-up');
await focused('[role=radio]');
const from = await focus();
await page.keyboard.press('ArrowRight');
say(
  'arrow',
  `${from} ${await focus()} ${await page.getAttribute('[aria-checked=true]', 'data-disposition')}`,
);
await page.keyboard.press('Tab');
await focused('.note textarea');
await page.evaluate(() => {
  document.querySelector('.note textarea').addEventListener('input', (event) => {
    window.typed = event.target.value;
  });
});
// A key each eighth of a second, until the wrap-up is over and the next caller rings.
let keys = 0;
for (let over = 0; over < 12; keys++) {
  await page.keyboard.press(keys % 3 === 2 ? 'Space' : 'e', { delay: 40 });
  await page.waitForTimeout(80);
  if (await page.$('.state[data-state=ringing], .state[data-state=talking]')) over++;
}
say('typed', JSON.stringify(await page.evaluate(() => window.typed)));
say(
  'late',
  JSON.stringify(
    await page.locator('.too-late textarea').evaluateAll((all) => all.map((one) => one.value)),
  ),
);
say('next', await page.getAttribute('.state', 'data-state'));
await focused('[data-do=answer]');
await page.click('.note textarea');
await page.keyboard.type('typing ');
await page.waitForSelector('[data-do=answer][aria-disabled=false]');
await page.keyboard.press('Control+Enter');
await state('talking');
say('still', await focus());
say('note', await page.inputValue('.note textarea'));
await page.keyboard.press('Tab');
await page.waitForSelector('[data-do=hang-up][aria-disabled=false]');
await page.focus('[data-do=hang-up]');
await page.keyboard.press('Space');
await state('wrap-up');
await page.waitForSelector('[data-do=finish]');
await page.focus('[data-do=finish]');
await page.keyboard.press('Enter');
await page.waitForSelector('.note', { state: 'detached' });
await focused('.state-name');
say('left', await focus());
await browser.close();
