import { defineConfig } from '@playwright/test';

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

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/browser',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list'], ['json', { outputFile: '../../build/browser-report.json' }]],
  use: { locale: 'en-GB', timezoneId: 'Europe/Berlin', trace: 'off' },
  projects: [chromium],
});
