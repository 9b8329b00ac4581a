import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FaultAnswer, SimulatedResponse } from '../../web/src/simulator/index.ts'
import { ask, getJob, jobPath, json, newSimulator, s, t0, vault, withVersion } from './support.ts'

const listUrl = withVersion(`${vault}/backupJobs`)

function once(answer: FaultAnswer): SimulatedResponse {
  const sim = newSimulator()
  sim.addFault({ answer })
  const r = ask(sim, listUrl, t0)
  assert.equal(sim.log[0]?.fault, answer.kind)
  assert.equal(ask(sim, listUrl, t0).status, 200)
  assert.equal(r.headers['access-control-allow-origin'], '*')
  return r
}

test('statuses come with the body ARM gives them', () => {
  const codes: [number, string][] = [
    [400, 'BMSUserErrorInvalidInput'], [401, 'ExpiredAuthenticationToken'], [403, 'AuthorizationFailed'], [404, 'BMSUserErrorObjectNotFound'], [408, 'RequestTimeout'],
    [409, 'MissingSubscriptionRegistration'], [429, 'ResourceRequestsThrottled'], [500, 'RestApiInternalError'], [503, 'ServerTimeout'], [504, 'GatewayTimeout'],
  ]
  for (const [status, code] of codes) {
    const r = once({ kind: 'status', status })
    assert.equal(r.status, status)
    assert.equal(json(r).error.code, code)
    assert.ok(r.headers['x-ms-failure-cause'])
  }
  const html = once({ kind: 'status', status: 502 })
  assert.equal(html.headers['content-type'], 'text/html')
  assert.match(html.body as string, /^<!DOCTYPE html/)
  for (const status of [200, 202, 204, 304]) {
    const r = once({ kind: 'status', status })
    assert.deepEqual([r.status, r.body], [status, ''])
  }
  const own = once({ kind: 'status', status: 500, body: '{"ErrorCode":"CloudInternalError"}', headers: { 'X-Mine': '1' } })
  assert.deepEqual([own.body, own.headers['x-mine']], ['{"ErrorCode":"CloudInternalError"}', '1'])
})

test('a 429 names its seconds; Retry-After may say the same, something else, or nothing', () => {
  const plain = once({ kind: 'status', status: 429, seconds: 324 })
  assert.match(json(plain).error.message, /again after '324' seconds\.$/)
  assert.equal(plain.headers['retry-after'], '324')
  assert.equal(once({ kind: 'status', status: 429, seconds: 5, retryAfter: null }).headers['retry-after'], undefined)
  const date = 'Sun, 16 Aug 2026 09:00:00 GMT'
  assert.equal(once({ kind: 'status', status: 429, seconds: 5, retryAfter: date }).headers['retry-after'], date)
})

test('answers are spoilt in transit', () => {
  assert.throws(() => json(once({ kind: 'invalid-json' })))
  assert.equal(once({ kind: 'empty' }).body, '')
  assert.equal(once({ kind: 'body', body: '{"value":[]}' }).body, '{"value":[]}')
  const bytes = once({ kind: 'invalid-utf8' }).body
  assert.ok(bytes instanceof Uint8Array)
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  const portal = once({ kind: 'html' })
  assert.deepEqual([portal.status, portal.headers['content-type']], [200, 'text/html; charset=utf-8'])
})

test('what the wire does is left to the host', () => {
  const wires: [FaultAnswer, object][] = [
    [{ kind: 'truncate', at: 40 }, { truncateAt: 40 }], [{ kind: 'hang' }, { hang: true }], [{ kind: 'slow', ms: 9 }, { delayMs: 9 }],
    [{ kind: 'drip', msPerByte: 2 }, { dripMsPerByte: 2 }], [{ kind: 'drop' }, { drop: 'before-headers' }], [{ kind: 'delay-body', ms: 7 }, { bodyDelayMs: 7 }],
  ]
  for (const [answer, wire] of wires) {
    const r = once(answer)
    assert.deepEqual(r.wire, wire)
    assert.ok(json(r).value.length > 0)
  }
})

test('faults choose their requests, wait, strike so often, and are cleared', () => {
  const sim = newSimulator()
  const status = (url = listUrl, method = 'GET'): number => ask(sim, url, t0, { method }).status
  const answer: FaultAnswer = { kind: 'status', status: 503 }
  sim.addFault({ path: '/BACKUPJOBS?', skip: 1, times: 2, answer })
  assert.deepEqual([status(), status(), status(), status()], [200, 503, 503, 200])
  sim.addFault({ method: 'post', times: -1, answer })
  const post = withVersion(`${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/VM;a;b;c/backup`)
  assert.deepEqual([status(), status(post, 'POST'), status(post, 'POST'), status(listUrl, 'OPTIONS')], [200, 503, 503, 204])
  sim.clearFaults()
  assert.equal(status(post, 'POST'), 202)
  sim.addFault({ method: 'OPTIONS', answer: { kind: 'status', status: 403 } })
  assert.deepEqual([status(), status(listUrl, 'OPTIONS')], [200, 403])
  sim.addFault({ times: 1, answer })
  sim.addFault({ times: 1, answer: { kind: 'empty' } })
  assert.deepEqual([status(), ask(sim, listUrl, t0).body, status()], [503, '', 200])
})

test('a refusal in the service\'s place moves nothing there', () => {
  const sim = newSimulator()
  const path = withVersion(jobPath(sim, 'backup-fails', t0))
  sim.addFault({ answer: { kind: 'status', status: 500 } })
  ask(sim, path, t0)
  const r = ask(sim, path, t0 + s(100))
  assert.equal(r.headers['x-ms-ratelimit-remaining-subscription-resource-requests'], '149')
  assert.match(json(r).properties.startTime, /T08:01:40/)
  // A lost answer is different: the service did act.
  sim.addFault({ method: 'POST', answer: { kind: 'drop' } })
  ask(sim, path.replace('?', '/cancel?'), t0 + s(101), { method: 'POST' })
  assert.equal(getJob(sim, path.replace(/\?.*/, ''), t0 + s(102)).properties.status, 'Cancelling')
})
