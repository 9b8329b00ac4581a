// Just enough of the W3C WebDriver protocol to drive WebKitGTK's MiniBrowser.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's, whatever the machine's architecture. */
function mini_browser() {
  const folders = readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'webkit2gtk-4.1', 'MiniBrowser'));
  const found = folders.find((path) => existsSync(path));
  if (!found) throw new Error('MiniBrowser is missing: install webkit2gtk-driver');
  return found;
}

export async function open_webkit({ port = 4870, binary = mini_browser() } = {}) {
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: process.getuid?.() === 0 ? '1' : '', LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const base = `http://127.0.0.1:${port}`;
  const call = async (method, path, body) => {
    const response = await fetch(base + path, { method, ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  };
  for (let tries = 0; ; ++tries) {
    try {
      await call('GET', '/status');
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(100);
    }
  }
  const { sessionId } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  });
  const session = `/session/${sessionId}`;
  await call('POST', `${session}/timeouts`, { script: 30_000 });
  return {
    goto: (url) => call('POST', `${session}/url`, { url }),
    /** Runs the body of a function in the page. */
    run: (script, ...args) => call('POST', `${session}/execute/sync`, { script, args }),
    /** Polls a script until it answers with something true. */
    async until(what, script, ...args) {
      for (let tries = 0; tries < 150; ++tries) {
        const value = await call('POST', `${session}/execute/sync`, { script, args });
        if (value) return value;
        await sleep(100);
      }
      throw new Error(`waited in vain for: ${what}`);
    },
    async close() {
      await call('DELETE', session).catch(() => {});
      try {
        process.kill(-driver.pid);
      } catch {
        // Gone already.
      }
    },
  };
}
