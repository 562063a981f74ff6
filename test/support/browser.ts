import type { Browser, BrowserContext } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from './chromium.js';

/** A headless Chromium for one test; ended with it. */
export async function openBrowser(): Promise<Browser> {
  const { browser, close } = await launchChromium();
  onTestFinished(close);
  return browser;
}

/** Every host that the pages of a context ask for anything, by HTTP or WebSocket. */
export function hostsAskedBy(context: BrowserContext): ReadonlySet<string> {
  const hosts = new Set<string>();
  const add = (asked: string) => {
    if (!asked.startsWith('data:') && !asked.startsWith('blob:')) hosts.add(new URL(asked).host);
  };
  context.on('request', (request) => add(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => add(socket.url())));
  return hosts;
}
