import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, getJob, jobPath, json, min, newSimulator, s, t0, vault, version, withVersion } from './support.ts'

const listUrl = withVersion(`${vault}/backupJobs`)
const code = (r: Parameters<typeof json>[0]): string => json(r).error.code

test('a preflight is answered 204 and echoes the asked headers', () => {
  const sim = newSimulator()
  const r = ask(sim, listUrl, t0, { method: 'OPTIONS', token: null, headers: { 'access-control-request-headers': 'authorization,x-ms-client-request-id' } })
  assert.equal(r.status, 204)
  assert.equal(r.headers['access-control-allow-origin'], '*')
  assert.match(r.headers['access-control-allow-methods'] ?? '', /GET.*POST/)
  assert.equal(r.headers['access-control-allow-headers'], 'authorization,x-ms-client-request-id')
  assert.equal(r.headers['access-control-max-age'], '600')
})

test('answers allow the origin, expose nothing, and carry the service\'s headers', () => {
  const sim = newSimulator()
  const r = ask(sim, listUrl, t0, { headers: { 'x-ms-client-request-id': 'mine' } })
  assert.equal(r.status, 200)
  assert.equal(r.headers['access-control-allow-origin'], '*')
  assert.equal(r.headers['access-control-expose-headers'], undefined)
  for (const h of ['x-ms-request-id', 'x-ms-correlation-request-id', 'x-ms-routing-request-id', 'date']) assert.ok(r.headers[h], h)
  assert.equal(r.headers['x-ms-client-request-id'], 'mine')
  assert.equal(r.headers['cache-control'], 'no-cache')
  assert.equal(r.headers['x-ms-ratelimit-remaining-subscription-resource-requests'], '149')
  assert.equal(r.headers['etag'], undefined)
})

test('CORS can be narrowed, opened or switched off', () => {
  const one = ask(newSimulator({ allowOrigin: 'https://portal.contoso.example', exposeHeaders: ['Retry-After', 'Location'] }), listUrl, t0)
  assert.equal(one.headers['access-control-allow-origin'], 'https://portal.contoso.example')
  assert.equal(one.headers['vary'], 'Origin')
  assert.equal(one.headers['access-control-expose-headers'], 'Retry-After, Location')
  const off = newSimulator({ allowOrigin: null, exposeHeaders: ['Location'] })
  for (const method of ['GET', 'OPTIONS']) {
    assert.deepEqual(Object.keys(ask(off, listUrl, t0, { method }).headers).filter((h) => h.startsWith('access-control')), [])
  }
  const live = newSimulator()
  live.configure({ exposeHeaders: ['Retry-After'] })
  assert.equal(ask(live, listUrl, t0).headers['access-control-expose-headers'], 'Retry-After')
})

test('a bearer token is required', () => {
  const sim = newSimulator({ tokens: ['one', 'two'] })
  const cases: [string | null, number, string][] = [
    [null, 401, 'AuthenticationFailed'], ['nonsense', 401, 'InvalidAuthenticationToken'], ['expired-yesterday', 401, 'ExpiredAuthenticationToken'],
    ['revoked-session', 401, 'InvalidAuthenticationToken'], ['forbidden-token', 403, 'AuthorizationFailed'],
  ]
  for (const [token, status, expected] of cases) {
    const r = ask(sim, listUrl, t0, { token })
    assert.equal(r.status, status)
    assert.equal(code(r), expected)
    assert.equal(r.headers['x-ms-failure-cause'], 'gateway')
    assert.equal(r.headers['access-control-allow-origin'], '*')
    if (status === 401) assert.match(r.headers['www-authenticate'] ?? '', /^Bearer authorization_uri="https:/)
  }
  const claims = /claims="([^"]+)"/.exec(ask(sim, listUrl, t0, { token: 'revoked' }).headers['www-authenticate'] ?? '')?.[1]
  assert.ok(JSON.parse(atob(claims ?? '')).access_token.nbf.essential)
  const { message } = json(ask(sim, listUrl, t0, { token: 'forbidden-token' })).error
  assert.match(message, /perform action 'Microsoft\.RecoveryServices\/vaults\/backupJobs\/read' over scope '\/subscriptions\//)
  assert.equal(ask(sim, listUrl, t0, { token: 'two' }).status, 200)
  sim.setTokens(['three'])
  assert.equal(ask(sim, listUrl, t0, { token: 'two' }).status, 401)
  assert.equal(ask(sim, listUrl, t0, { token: 'three' }).status, 200)
})

test('api-version is required, and unknown ones are refused with the list of known ones', () => {
  const sim = newSimulator()
  const missing = ask(sim, `${vault}/backupJobs`, t0)
  assert.deepEqual([missing.status, code(missing)], [400, 'MissingApiVersionParameter'])
  const unknown = ask(sim, withVersion(`${vault}/backupJobs`, '2031-01-01'), t0)
  assert.deepEqual([unknown.status, code(unknown)], [400, 'NoRegisteredProviderFound'])
  assert.match(json(unknown).error.message, /API version '2031-01-01' for type 'vaults\/backupJobs'\. The supported api-versions are '2016-12-01, .*2025-02-01'/)
  for (const v of ['2016-12-01', '2017-07-01', '2019-05-13', '2019-06-15', '2021-06-01', '2023-02-01', '2024-04-01', '2025-02-01']) {
    assert.equal(ask(sim, withVersion(`${vault}/backupJobs`, v), t0).status, 200, v)
  }
})

test('bodies take the form of the version asked for', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'backup-fails', t0)
  getJob(sim, path, t0)
  const at = (v: string): any => getJob(sim, path, t0 + min(10), v).properties
  assert.match(at('2016-12-01').duration, /^00:\d\d:\d\d\.\d{7}$/)
  assert.equal(at('2016-12-01').extendedInfo.tasksList[0].duration, '00:00:00')
  assert.match(at('2017-07-01').duration, /^PT9M59\.\d{4,7}S$/)
  assert.deepEqual(at('2021-06-01').actionsInfo, [1])
  assert.deepEqual(at('2023-02-01').actionsInfo, ['Cancellable'])
  assert.equal(at('2017-07-01').containerName, undefined)
  assert.equal(at('2021-06-01').containerName, 'iaasvmcontainerv2;rg-backup;vm-web-02')
  assert.equal(at('2023-02-01').extendedInfo.tasksList[0].taskType, undefined)
  assert.equal(at('2024-04-01').extendedInfo.tasksList[0].taskType, 'Normal')
})

test('paths are case-insensitive, and ids repeat the caller\'s subscriptions', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'backup-fails', t0)
  assert.equal(ask(sim, withVersion(path.toUpperCase()), t0).status, 200)
  assert.equal(ask(sim, withVersion(path.toLowerCase()), t0).status, 200)
  assert.ok(getJob(sim, path.replace('/subscriptions/', '/Subscriptions/'), t0).id.startsWith('/Subscriptions/'))
  assert.equal(ask(sim, `${vault}/backupJobs?API-Version=${version}`, t0).status, 200)
})

test('what does not exist is refused by whoever would know it', () => {
  const sim = newSimulator()
  const guid = '11111111-2222-4333-8444-555555555555'
  const cases: [string, number, string, string][] = [
    [vault.replace('rsv-contoso-weu', 'rsv-gone') + '/backupJobs', 404, 'ResourceNotFound', 'gateway'],
    [vault.replace('rg-backup', 'rg-gone') + '/backupJobs', 404, 'ResourceGroupNotFound', 'gateway'],
    [vault.replace(/subscriptions\/[^/]+/, `subscriptions/${guid}`) + '/backupJobs', 404, 'SubscriptionNotFound', 'gateway'],
    [`${vault}/backupJobs/${guid}`, 404, 'BMSUserErrorObjectNotFound', 'service'],
    [`${vault}/backupOperations/${guid}`, 404, 'BMSUserErrorObjectNotFound', 'service'],
    [`${vault}/backupOperationResults/${guid}`, 404, 'BMSUserErrorObjectNotFound', 'service'],
    [`${vault}/backupThings`, 404, 'InvalidResourceType', 'gateway'],
    ['/somewhere/else', 404, 'MissingSubscription', 'gateway'],
    [vault.replace('rg-backup', '') + '/backupJobs', 400, 'InvalidApiVersionParameter', 'gateway'],
  ]
  for (const [path, status, expected, cause] of cases) {
    const r = ask(sim, withVersion(path), t0)
    assert.deepEqual([r.status, code(r), r.headers['x-ms-failure-cause']], [status, expected, cause], path)
  }
  assert.match(json(ask(sim, withVersion(vault.replace('weu', 'gone')), t0)).error.message, /^The Resource 'Microsoft\.RecoveryServices\/vaults\/rsv-contoso-gone' under resource group 'rg-backup' was not found\./)
  const rp = json(ask(sim, withVersion(`${vault}/backupJobs/${guid}`), t0)).error
  assert.deepEqual([rp.target, rp.details, rp.innerError], [null, null, null])
  // The versions listed for a malformed path are not the backup service's.
  assert.doesNotMatch(json(ask(sim, withVersion(vault.replace('rg-backup', '')), t0)).error.message, /2025-02-01'?\.?$|2017-07-01/)
})

test('a wrong method is refused', () => {
  const sim = newSimulator()
  const r = ask(sim, listUrl, t0, { method: 'PUT' })
  assert.deepEqual([r.status, code(r), r.headers['allow']], [405, 'MethodNotAllowed', 'GET'])
  assert.equal(ask(sim, withVersion(`${jobPath(sim, 'backup-fails', t0)}/cancel`), t0).status, 405)
})

test('the budget counts lists and gets together, over a sliding hour', () => {
  const sim = newSimulator()
  const path = withVersion(jobPath(sim, 'backup-fails', t0))
  for (let i = 0; i < 150; i++) {
    const r = ask(sim, i % 2 === 0 ? listUrl : path, t0 + s(i))
    assert.equal(r.status, 200)
    assert.equal(r.headers['x-ms-ratelimit-remaining-subscription-resource-requests'], String(149 - i))
  }
  const over = ask(sim, path, t0 + s(3276))
  assert.equal(over.status, 429)
  assert.deepEqual(json(over), { error: { code: 'ResourceRequestsThrottled', message: "Number of requests for action 'Microsoft.RecoveryServices/vaults/backupJobs/read' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '324' seconds." } })
  assert.equal(over.headers['x-ms-failure-cause'], 'gateway')
  assert.equal(over.headers['retry-after'], '324')
  // Another action has its own budget.
  assert.equal(ask(sim, withVersion(`${vault}/backupOperations/cd153561-20d3-467a-b911-cc1de47d4763`), t0 + s(3276)).status, 200)
  assert.equal(ask(sim, path, t0 + s(3599)).status, 429)
  assert.equal(ask(sim, path, t0 + s(3600)).status, 200)
  assert.equal(ask(sim, path, t0 + s(3600)).status, 429)
})

test('the budget can be changed and switched off', () => {
  const sim = newSimulator({ budgetPerHour: Infinity })
  for (let i = 0; i < 400; i++) assert.equal(ask(sim, listUrl, t0).status, 200)
  assert.equal(ask(sim, listUrl, t0).headers['x-ms-ratelimit-remaining-subscription-resource-requests'], undefined)
  sim.configure({ budgetPerHour: 3 })
  const r = ask(newSimulator({ budgetPerHour: 0 }), listUrl, t0)
  assert.equal(r.status, 429)
})

test('every request is logged, in order, without its token', () => {
  const sim = newSimulator()
  ask(sim, listUrl, t0)
  ask(sim, '/nowhere', t0 + 5, { method: 'post', token: null })
  assert.deepEqual(sim.log, [{ method: 'GET', url: listUrl, status: 200, at: t0 }, { method: 'POST', url: '/nowhere', status: 401, at: t0 + 5 }])
})

test('the same requests give the same answers, byte for byte', () => {
  const play = (): unknown[] => {
    const sim = newSimulator()
    const path = jobPath(sim, 'restore-progress', t0)
    return [0, 1, 30, 700, 2000, 4000].flatMap((n) => [ask(sim, withVersion(path), t0 + s(n)), ask(sim, listUrl, t0 + s(n))])
  }
  assert.deepEqual(play(), play())
})
