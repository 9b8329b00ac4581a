/** The reader's language, as far as we speak it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestLanguage, nameOf } from '../../web/src/page/language.ts';

test('the first of the reader’s languages that there is a catalogue of', () => {
  assert.equal(bestLanguage(['de-AT', 'en']), 'de');
  assert.equal(bestLanguage(['fr', 'ja-JP', 'de']), 'ja');
  assert.equal(bestLanguage(['zh-TW']), 'zh-TW');
  assert.equal(bestLanguage(['zh-Hant-HK']), 'zh-TW');
  assert.equal(bestLanguage(['zh-HK']), 'zh-TW');
  assert.equal(bestLanguage(['zh-CN', 'ru']), 'ru', 'simplified characters are another writing');
  assert.equal(bestLanguage(['dex', 'x']), 'en', 'a language that begins with the same letters is another');
  assert.equal(bestLanguage([]), 'en');
});

test('languages are called what their readers call them', () => {
  assert.equal(nameOf('de'), 'Deutsch');
  assert.equal(nameOf('ja'), '日本語');
});
