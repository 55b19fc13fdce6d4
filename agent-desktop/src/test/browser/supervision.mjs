// A supervisor listens to an agent, whispers, barges in and leaves; the agent sees that they do, as
// far as the configuration says so. Each at a screen of their own.
import { logIn, open, say } from './browser.mjs';

const told = process.env.TOLD === 'true';
const { browser, page: agent } = await open();
const { browser: other, page: supervisor } = await open();
const shot = async (page, name) =>
  process.env.SHOTS && (await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }));

await logIn(agent, process.env.AGENT, process.env.PASSWORD);
await agent.waitForSelector('.state');
await logIn(supervisor, process.env.SUPERVISOR, process.env.PASSWORD);
const row = '[data-agent=a1]';
await supervisor.waitForSelector(`${row} [data-do=listen][disabled]`);
await agent.click('[data-do=ready]');
await agent.waitForSelector('.state[data-state=ready]');
say('ready');
await agent.waitForSelector('.state[data-state=talking]');
await supervisor.waitForSelector(`${row} [data-do=listen]:not([disabled])`);
await shot(supervisor, 'talk');
await supervisor.click(`${row} [data-do=listen]`);

const part = (how) => `[data-supervises=a1][data-how=${how}]`;
const is = async (how) => {
  await supervisor.waitForSelector(part(how));
  say(how, (await supervisor.textContent('.my-part [role=status]')).trim());
  if (told) {
    await agent.waitForSelector(`[data-supervised=${how}]`);
    say('agent', (await agent.textContent('[data-supervised]')).trim());
  }
  await shot(supervisor, how);
  await shot(agent, `agent-${how}`);
};
await is('listen');
for (const how of ['whisper', 'barge', 'listen']) {
  await supervisor.click(`[data-do=way-${how}]`);
  await is(how);
}
if (!told) say('agent', `${await agent.locator('[data-supervised]').count()}`);
if (!told) {
  await supervisor.click('[data-do=take-over]');
  await agent.waitForSelector('.state[data-state=wrap-up]');
  await supervisor.waitForSelector('.my-part', { state: 'detached' });
  await shot(supervisor, 'taken');
  say('ended', 'taken over');
  await browser.close();
  await other.close();
  process.exit(0);
}
await supervisor.click('[data-do=end-supervision]');
await supervisor.waitForSelector('.my-part', { state: 'detached' });
await agent.waitForSelector('[data-supervised]', { state: 'detached' });
say('ended', await agent.getAttribute('.state', 'data-state'));
await browser.close();
await other.close();
