import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

export interface LaunchedChromium {
  readonly browser: Browser;
  /** Ends it, and takes away what it was unpacked to. */
  readonly close: () => Promise<void>;
}

/** A headless Chromium that npm brought, with libraries and fonts of its own. */
export async function launchChromium(): Promise<LaunchedChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-chromium-'));
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
      // Without one it takes its language for `en-US@posix`, which no code can read.
      LANG: 'en_US.UTF-8',
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: fonts,
    },
  });
  const close = async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { browser, close };
}

/** The package unpacks nss, nspr and expat only where it takes itself to be on AWS Lambda. */
async function unpack(folder: string): Promise<string> {
  const needed = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const before = Object.keys(needed).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, needed);
  const path = await chromium.executablePath();
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return path;
}
