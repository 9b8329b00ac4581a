import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contact } from '../../web/src/engine/index.ts';
import { mayBeRefusedOrigin } from '../../web/src/page/from_disk.ts';

const contact = (code: string, answeredAt: number | null = null) => ({ answeredAt, error: code ? ({ code } as Contact['error']) : null });

test('a refused origin is thought of only where nothing was ever heard and the network is there', () => {
  assert.equal(mayBeRefusedOrigin('null', true, [contact('network')]), true);
  assert.equal(mayBeRefusedOrigin('null', true, [contact(''), contact('network')]), true);
  assert.equal(mayBeRefusedOrigin('https://backup.contoso.com', true, [contact('network')]), false);
  assert.equal(mayBeRefusedOrigin('null', false, [contact('network')]), false);
  assert.equal(mayBeRefusedOrigin('null', true, [contact('network', 12)]), false);
  assert.equal(mayBeRefusedOrigin('null', true, [contact('network'), contact('', 12)]), false);
  for (const code of ['offline', 'timed-out', 'forbidden', '']) assert.equal(mayBeRefusedOrigin('null', true, [contact(code)]), false);
  assert.equal(mayBeRefusedOrigin('null', true, []), false);
});
