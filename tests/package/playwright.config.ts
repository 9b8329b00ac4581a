import { defineConfig } from '@playwright/test';
import suite from '../browser/playwright.config.ts';
import { unpacked_lib } from './pack.mjs';

// The fixtures' pages have the library from the packed package, too.
process.env['PACKED_LIB'] = unpacked_lib;

const project = (name: string) => suite.projects!.find((one) => one.name === name)!;

export default defineConfig({
  ...suite,
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../build/package/browser',
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: '../../build/package-report.json' }]],
  projects: [
    { ...project('chromium'), testIgnore: [] },
    // What is of browsers, not of bundlers.
    { ...project('firefox'), testIgnore: [], grep: /@firefox/ },
  ],
});
