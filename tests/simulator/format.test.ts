import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dotNetTicks, guidFrom, instant, isoDuration, stringify, timeSpan, usDate } from '../../web/src/simulator/format.ts'

test('instants carry up to seven digits without trailing zeros', () => {
  const at = Date.UTC(2018, 4, 21, 8, 35, 40, 948)
  assert.equal(instant(at, 8967), '2018-05-21T08:35:40.9488967Z')
  assert.equal(instant(at + 1_223_089, 8967 + 6697), '2018-05-21T08:56:04.0385664Z')
  assert.equal(instant(Date.UTC(2024, 0, 1, 0, 0, 0), 5600), '2024-01-01T00:00:00.00056Z')
  assert.equal(instant(Date.UTC(2024, 0, 1)), '2024-01-01T00:00:00Z')
})

test('ISO durations leave zero parts out', () => {
  assert.equal(isoDuration(0), 'PT0S')
  assert.equal(isoDuration(-1), 'PT0S')
  assert.equal(isoDuration(2_474_653, 5048), 'PT41M14.6535048S')
  assert.equal(isoDuration(3_600_000 + 11_295), 'PT1H11.295S')
  assert.equal(isoDuration(120_000), 'PT2M')
  assert.equal(isoDuration(86_400_000 + 60_000), 'P1DT1M')
})

test('TimeSpans have seven fractional digits or none', () => {
  assert.equal(timeSpan(1_223_089, 6697), '00:20:23.0896697')
  assert.equal(timeSpan(0), '00:00:00')
  assert.equal(timeSpan(86_400_000 + 3_723_004), '1.01:02:03.0040000')
})

test('dates in property bags are American, ticks are .NET\'s, ids are version 4', () => {
  assert.equal(usDate(Date.UTC(2026, 7, 16, 8, 3, 31)), '8/16/2026 8:03:31 AM')
  assert.equal(usDate(Date.UTC(2026, 11, 1, 0, 0, 0)), '12/1/2026 12:00:00 AM')
  assert.equal(usDate(Date.UTC(2026, 11, 1, 12, 5, 9)), '12/1/2026 12:05:09 PM')
  assert.equal(dotNetTicks(0), '621355968000000000')
  assert.match(guidFrom('x'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(guidFrom('x'), guidFrom('x'))
  assert.notEqual(guidFrom('x'), guidFrom('y'))
})

test('JSON keeps floats and drops what is undefined', () => {
  assert.equal(stringify({ a: { float: 50 }, b: { float: 0.5 }, c: undefined, d: [1, null, 'ü"'] }), '{"a":50.0,"b":0.5,"d":[1,null,"ü\\""]}')
})
