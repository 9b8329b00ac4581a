import { defineConfig } from '@playwright/test';
import { checked_dist } from '../../web/tools/build.mjs';
import type { Options } from './fixtures.ts';

const as_root = process.getuid?.() === 0;
const chromium = {
  name: 'chromium',
  use: {
    browserName: 'chromium' as const,
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [...(as_root ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
};

const firefox = {
  name: 'firefox',
  // Debian's stock Firefox.
  use: { browserName: 'firefox' as const, channel: 'moz-firefox', launchOptions: { executablePath: '/usr/bin/firefox-esr' } },
};

export default defineConfig<Options>({
  testDir: '.',
  outputDir: '../../build/browser',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  // A machine that is busy with something else may be slow once; what passes only then is named in the summary.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list'], ['json', { outputFile: '../../build/browser-report.json' }]],
  use: { locale: 'en-GB', timezoneId: 'Europe/Berlin', trace: 'off' },
  projects: [
    { ...chromium, testIgnore: 'adapter.spec.ts' },
    { ...firefox, testIgnore: 'adapter.spec.ts' },
    // The fetch adapter, compiled with assertions and a checked heap.
    { ...chromium, name: 'checked', testMatch: 'adapter.spec.ts', use: { ...chromium.use, folder: checked_dist } },
  ],
});
