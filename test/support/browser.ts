import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from './chromium.js';

/** A headless Chromium for one test; ended with it. */
export async function openBrowser(): Promise<Browser> {
  const { browser, close } = await launchChromium();
  onTestFinished(close);
  return browser;
}
