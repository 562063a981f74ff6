/** `npm run screenshots`: makes the pictures in docs/images, of the demo as it is served. */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { makeTempFolder, removeTempFolder } from '../support/temp-folder.js';

const FOLDER = 'docs/images';
const DESK = { width: 1_440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What is done before a picture is taken, by its name. */
const PICTURES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  present: async () => undefined,
  past: (page) => back(page, 3),
  diff: async (page) => {
    await pin(page, 'Pin B');
    await back(page, 5);
    await pin(page, 'Pin A');
    await page.locator('section.compare table').nth(1).waitFor();
  },
  conflict: async (page) => {
    await back(page, 2);
    await page.getByRole('button', { name: 'Rename user' }).click();
    await page.locator('form.command').getByLabel('name').fill('Ada Byron King');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: /^Rebase/ }).scrollIntoViewIfNeeded();
  },
  dark: async (page) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await back(page, 2);
  },
  phone: async (page) => {
    await page.setViewportSize(PHONE);
    await back(page, 3);
  },
};

async function back(page: Page, steps: number): Promise<void> {
  const moment = page.getByRole('slider', { name: 'Moment' });
  for (let done = 0; done < steps; done += 1) {
    const before = await moment.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    await page.locator(`[role=slider]:not([aria-valuetext="${before}"])`).waitFor();
    await page.locator('section.card[aria-busy=false]').waitFor();
  }
}

const pin = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

async function takeAll(browser: Browser, url: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, prepare] of Object.entries(PICTURES)) {
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${url}/?user=ada`);
    await page.locator('dl.fields').waitFor();
    await page.getByText('Listening.').waitFor();
    await page.locator('.legend .dot').first().waitFor({ state: 'attached' });
    await prepare(page);
    // The list follows once the moment stands still, and there is nothing more to wait for then.
    await page.waitForLoadState('networkidle');
    const path = `${FOLDER}/${name}.png`;
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
    await context.close();
  }
}

async function withDemo(work: (url: string) => Promise<void>): Promise<void> {
  const folder = await makeTempFolder();
  const args = ['dist/main.js', '--demo', '--port', '0', '--data-dir', folder];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const { url }: { url?: string } = JSON.parse(line);
      if (url === undefined) continue;
      return await work(url);
    }
    throw new Error('the server ended before it listened');
  } finally {
    server.kill('SIGKILL');
    await removeTempFolder(folder);
  }
}

const { browser, close } = await launchChromium();
try {
  await withDemo((url) => takeAll(browser, url));
} finally {
  await close();
}
