import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explanationOf } from '../../web/src/elements/parts/explanation.ts';
import { operationInfo } from '../../web/src/elements/parts/operation_info.ts';
import type { View } from '../../web/src/elements/view.ts';
import { en_job } from '../../web/src/messages/en_job.ts';
import { en, formatFor } from '../../web/src/messages/index.ts';

const view: View = { text: { ...en, ...en_job }, format: formatFor('en'), now: 0, clockSkew: null };
const field = (name: string, value: string | null, secret = false) => ({ name, value, secret });

test('validation results come together by their place', () => {
  const at = '/properties/validateOperationResponse/validationResults';
  const { validation } = operationInfo([field(`${at}/0/code`, 'A'), field(`${at}/0/message`, 'first'), field(`${at}/1/message`, 'second'), field(`${at}/0/recommendations/0`, 'do'), field(`${at}/0/recommendations/1`, 'this')]);
  assert.deepEqual(validation, [
    { code: 'A', message: 'first', recommendations: ['do', 'this'] },
    { code: '', message: 'second', recommendations: [] },
  ]);
});

test('scripts are counted, whatever crosses of them', () => {
  const at = '/properties/recoveryTarget/clientScripts';
  assert.equal(operationInfo([field(`${at}/0/scriptContent`, null, true), field(`${at}/0/url`, null, true), field(`${at}/1/scriptContent`, null, true)]).scripts, 2);
  assert.equal(operationInfo([]).scripts, 0);
});

test('a recovery point is told by its fields, without the empty ones', () => {
  assert.deepEqual(operationInfo([field('/properties/updatedRecoveryPoint/recoveryPointType', 'Full'), field('/properties/updatedRecoveryPoint/x', 'null'), field('/properties/deletedBackupItemVersion', '3')]).recoveryPoint, [
    ['recoveryPointType', 'Full'],
  ]);
});

test('codes are known in any case, by the first that is; unknown ones and names of objects are not', () => {
  assert.match(explanationOf(['UserErrorVmNotFoundV2'], view), /not found/);
  assert.equal(explanationOf(['', undefined, 'nothing', 'GATEWAYTIMEOUT'], view), en_job.explanation['gatewaytimeout']);
  assert.equal(explanationOf(['constructor', 'toString', ''], view), '');
  for (const key of Object.keys(en_job.explanation)) assert.equal(key, key.toLowerCase());
});
