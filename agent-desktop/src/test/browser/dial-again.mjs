// An agent calls a customer back by the number in the callback, and later by the one in a line of
// their history: each by one click, with the contact for whose sake it is, where there is one.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open({ width: 1366, height: 768 });
const calls = [];
page.on('websocket', (socket) =>
  socket.on('framesent', ({ payload }) => {
    const { type, number, about } = JSON.parse(payload);
    if (type === 'makeCall') calls.push(`${number} for ${about.replace(/\d+/, 'N') || 'nobody'}`);
  }),
);
const picture = async (name) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
};
const hangUp = async () => {
  await page.waitForSelector('[data-dials=ringing]');
  await page.click('[data-do=hang-up]');
  await page.click('[data-do=finish]');
  await page.waitForSelector('[data-do=finish]', { state: 'detached' });
};

await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
say('ready');
await page.click('[data-do=accept-task]');
await page.waitForSelector('[data-task=callback][data-state=working]');
await page.click('[data-task=callback] [data-dial]');
await hangUp();
say('callback', calls.at(-1));

// While the callback is in hand, whoever is called by the record is called for its sake.
const customer = async () => {
  await page.click('a[href="/customers"]');
  await page.fill('input[name=customer]', 'chen mei');
  await page.press('input[name=customer]', 'Enter');
  await page.click('.found [data-customer]');
  await page.waitForSelector('.customer .timeline li');
};
await customer();
await picture('history');
await page.click('.customer .timeline .kind-callback [data-dial]');
await hangUp();
say('record', calls.at(-1));
await page.click('[data-do=close-task]');
await page.waitForSelector('[data-task]', { state: 'detached' });
await customer();
await page.click('.customer .timeline .kind-outbound [data-dial]');
await hangUp();
say('history', calls.at(-1));
await browser.close();
