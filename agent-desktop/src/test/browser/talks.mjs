// A supervisor finds a recording by the agent's name, sees how it looks, plays it faster, and jumps
// into it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open(undefined, ['--autoplay-policy=no-user-gesture-required']);
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.click('a[href="/talks"]');
await page.waitForSelector('.talks tbody tr');
say('row', (await page.locator('.talks tbody tr').first().innerText()).replace(/\s+/g, ' '));
say('number', await page.locator('.talks [data-dial]').first().getAttribute('href'));
await page.fill('[name=about]', 'nobody at all');
await page.press('[name=about]', 'Enter');
await page.waitForSelector('.talks .nothing');
await page.fill('[name=about]', 'agent 1');
await page.press('[name=about]', 'Enter');
await page.click('[data-do=talk]');
await page.waitForSelector('.talk .waveform');
say('looks', await page.locator('.talk .waveform path').count());
await page.click('.speeds button:has-text("2×")');
const sound = page.locator('.talk audio');
await sound.evaluate((audio) => audio.play());
await page.waitForFunction(() => document.querySelector('.talk audio').currentTime > 0.2);
say('speed', await sound.evaluate((audio) => audio.playbackRate));
await sound.evaluate((audio) => audio.pause());
const { width } = await page.locator('.waveform').boundingBox();
await page.click('.waveform', { position: { x: width / 2, y: 20 } });
say('half', await sound.evaluate((audio) => Math.round((100 * audio.currentTime) / audio.duration)));
if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
await browser.close();
