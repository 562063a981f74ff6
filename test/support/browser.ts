import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';
import { onTestFinished, vi } from 'vitest';

/** A headless Chromium that npm brought, with libraries and fonts of its own; ended with the test. */
export async function openBrowser(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-chromium-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const executablePath = await unpack(folder);
  const fonts = join(folder, 'fonts.conf');
  // The package's own names /tmp/fonts, and with no font at all Chromium ends itself.
  await writeFile(
    fonts,
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  const browser = await playwright.launch({
    executablePath,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: fonts,
    },
  });
  onTestFinished(() => browser.close());
  return browser;
}

/** The package unpacks nss, nspr and expat only where it takes itself to be on AWS Lambda. */
async function unpack(folder: string): Promise<string> {
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs20.x');
  const path = await chromium.executablePath();
  vi.unstubAllEnvs();
  return path;
}
