// A phone that does not know "talk": the desk says where the call is answered, and asks for nothing.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const sent = [];
page.on('websocket', (socket) =>
  socket.on('framesent', ({ payload }) => sent.push(JSON.parse(payload).type)),
);
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.state[data-state=ringing]');
const answer = page.locator('[data-do=answer]');
say('says', `${await answer.textContent()} ${await answer.getAttribute('aria-disabled')}`);
await answer.click({ force: true });
await page.keyboard.press('Control+Enter');
// After them, in the order in which they are sent.
await page.click('[data-do=not-ready-break]');
await page.waitForSelector('.pending');
say('sent', sent.filter((type) => type === 'answer').length);
await browser.close();
