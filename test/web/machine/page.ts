import { expect, onTestFinished, vi } from 'vitest';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { openBrowser } from '../../support/browser.js';

/** The page as a person sees it: its parts by the names that a screen reader tells. */
export class Machine {
  constructor(readonly page: Page) {}

  readonly live = (): Locator => this.page.locator('.live');
  readonly users = (): Locator => this.page.getByRole('region', { name: 'Users' });
  readonly card = (): Locator => this.page.locator('section.card');
  readonly fields = (): Locator => this.card().locator('dl');
  readonly compare = (): Locator => this.page.locator('section.compare');
  readonly commands = (): Locator => this.page.getByRole('region', { name: 'Commands' });
  readonly tail = (): Locator => this.page.getByRole('region', { name: 'What happens' });
  readonly log = (): Locator => this.page.getByRole('log');
  readonly time = (): Locator => this.page.getByRole('region', { name: 'Time' });
  readonly moment = (): Locator => this.page.getByRole('slider', { name: 'Moment' });

  async choose(name: string): Promise<void> {
    await this.users().getByRole('button', { name }).first().click();
  }

  /** By the arrow keys: back for numbers below 0. */
  async step(by: number): Promise<void> {
    for (let done = 0; done < Math.abs(by); done += 1) {
      const before = await this.moment().getAttribute('aria-valuetext');
      await this.page.keyboard.press(by < 0 ? 'ArrowLeft' : 'ArrowRight');
      await this.page.locator(`[role=slider]:not([aria-valuetext="${before}"])`).waitFor();
      await this.page.locator('section.card[aria-busy=false]').waitFor();
    }
  }

  /** What the card says of a field. */
  async field(name: string): Promise<string | null> {
    const row = this.fields().locator('div', { has: this.page.getByText(name, { exact: true }) });
    return row.locator('dd').first().textContent();
  }

  async showsField(name: string, value: string): Promise<void> {
    await vi.waitUntil(async () => (await this.field(name)) === value, { timeout: 10_000 });
  }

  async command(words: string): Promise<Locator> {
    await this.commands().getByRole('button', { name: words }).click();
    return this.commands().locator('form');
  }
}

export async function openMachine(url: string, context?: BrowserContext): Promise<Machine> {
  const within = context ?? (await openContext());
  const page = await within.newPage();
  failOnMistakes(page);
  await page.goto(url);
  return new Machine(page);
}

export const openContext = async (): Promise<BrowserContext> =>
  (await openBrowser()).newContext({ viewport: { width: 1_440, height: 900 } });

/** What the page's code throws, or its policy refuses, fails the test. */
function failOnMistakes(page: Page): void {
  const mistakes: string[] = [];
  page.on('pageerror', (error) => mistakes.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) mistakes.push(message.text());
  });
  onTestFinished(() => expect(mistakes).toEqual([]));
}
