/** The packed package in what hosts build with, under a strict policy with Trusted Types. */
import { address, expect, showsJobs, test, weigh, withPolicy } from './host.ts';

test.use({ busy: true });

/** By their names in consumers/build.mjs: what they are called in the table, and whose version it is. */
const bundlers = {
  vite: { name: 'Vite, build', of: 'vite', tags: [] },
  webpack: { name: 'webpack', of: 'webpack', tags: ['@firefox'] },
  'esbuild-copied': { name: 'esbuild, lists.wasm copied', of: '../../../node_modules/esbuild', tags: [] },
  'esbuild-url': { name: 'esbuild, useWasm', of: '../../../node_modules/esbuild', tags: [] },
  'esbuild-iife': { name: 'esbuild as one classic script, useWasm', of: '../../../node_modules/esbuild', tags: [] },
  'esbuild-inline': { name: 'esbuild, inline/pictures', of: '../../../node_modules/esbuild', tags: [] },
  'rollup-copied': { name: 'Rollup, lists.wasm copied', of: '../../../node_modules/@rollup/wasm-node', tags: [] },
};

for (const [consumer, { name, of, tags }] of Object.entries(bundlers)) {
  test.describe(name, { tag: tags }, () => {
    test.use({ consumer });

    test('shows jobs', async ({ page, serve, vault }) => {
      // webpack's own loader of chunks has a policy, which it names.
      const url = await serve(consumer === 'webpack' ? withPolicy('trusted-types lit-html', 'trusted-types lit-html webpack') : undefined);
      const weight = weigh(page, vault);
      await page.goto(address(vault, url));
      await showsJobs(page);
      await weight.note(name, of);
    });
  });
}

test.describe('esbuild, as it is', () => {
  test.use({ consumer: 'esbuild', expectedErrors: /lists\.wasm|404/ });

  test('copies no WebAssembly, and the element says what is missing where', async ({ page, site, vault }) => {
    await site.open(address(vault));
    await expect(page.locator('azure-backup-jobs [part=problem]')).toContainText(`${site.url}lists.wasm: HTTP 404. Check that it is served beside the script.`);
  });
});

// From version 8 on Vite finds the WebAssembly of what it has bundled for development by itself.
for (const [name, of, script, excluded] of [
  ['Vite, development', 'vite', 'app.js', ''],
  ['Vite, development, excluded', 'vite', 'app.js', 'azure-backup-jobs'],
  ['Vite 7, development, excluded', 'vite-7', 'app.js', 'azure-backup-jobs'],
  ['Vite 7, development, inline/pictures', 'vite-7', 'app_inline.js', ''],
] as const) {
  test(name, async ({ page, vault, viteDev }) => {
    const weight = weigh(page, vault);
    await page.goto(address(vault, await viteDev(of, script, excluded)));
    await showsJobs(page);
    await weight.note(name, of);
  });
}

test('Vite 7, development, as it is: the element says what is there in its place', async ({ page, vault, viteDev }) => {
  await page.goto(address(vault, await viteDev('vite-7', 'app.js', '')));
  await expect(page.locator('azure-backup-jobs [part=problem]')).toContainText(/lists\.wasm is not WebAssembly \(HTML, perhaps\)\. Check the asset's path\./);
});

for (const [consumer, name, of] of [
  ['react', 'React, built with Vite', 'react'],
  ['vue', 'Vue, built with Vite', 'vue'],
] as const) {
  test.describe(name, () => {
    test.use({ consumer });

    test('sets properties, hears events, and takes the element away and back', async ({ page, serve, vault }) => {
      const weight = weigh(page, vault);
      const url = await serve(consumer === 'vue' ? withPolicy('trusted-types lit-html', 'trusted-types lit-html vue') : undefined);
      await page.goto(address(vault, url));
      await showsJobs(page);
      await expect(page.locator('#job')).toHaveText(/\/backupJobs\//);
      await weight.note(name, of);
      await expect(page.locator('azure-backup-jobs')).toHaveJSProperty('density', 'compact');
      await page.getByRole('button', { name: 'away', exact: true }).click();
      await expect(page.locator('azure-backup-jobs')).toHaveCount(0);
      await page.getByRole('button', { name: 'back', exact: true }).click();
      await showsJobs(page);
    });
  });
}
