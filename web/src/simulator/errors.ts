/** Ready-made refusals, in the shapes ARM and the backup service send (AZURE.md §8, ESTATE.md §6). */
import { compactTime, guidFrom, stringify, type Json } from './format.ts'
import type { SimulatedResponse } from './types.ts'
import { supportedVersions } from './versions.ts'

const jsonType = 'application/json; charset=utf-8'

export function answer(status: number, body: Json | undefined, headers: Record<string, string> = {}): SimulatedResponse {
  if (body === undefined) return { status, headers, body: '' }
  return { status, headers: { 'content-type': jsonType, ...headers }, body: stringify(body) }
}

/** An error the gateway itself answers, before any resource provider. */
export const gatewayError = (status: number, code: string, message: string, headers: Record<string, string> = {}): SimulatedResponse =>
  answer(status, { error: { code, message } }, { 'x-ms-failure-cause': 'gateway', ...headers })

/** An error of the backup service: its envelope spells out what it has not (§8). */
export const serviceError = (status: number, code: string, message: string): SimulatedResponse =>
  answer(status, { error: { code, message, target: null, details: null, innerError: null } }, { 'x-ms-failure-cause': 'service' })

/** The tenant everything here belongs to. */
export const tenant = 'c0ffee00-0000-4000-8000-00000000c0de'

const authority = `https://login.windows.net/${tenant}`

const challenge = (error: string, description: string, rest = ''): Record<string, string> => ({
  'www-authenticate': `Bearer authorization_uri="${authority}", error="${error}", error_description="${description}"${rest}`,
})

export const missingToken = (): SimulatedResponse => gatewayError(401, 'AuthenticationFailed',
  "Authentication failed. The 'Authorization' header is missing.",
  challenge('invalid_token', "The authentication failed because of missing 'Authorization' header."))

export function expiredToken(now: number): SimulatedResponse {
  const text = `The access token expiry UTC time '${new Date(now - 60_000).toUTCString()}' is earlier than current UTC time '${new Date(now).toUTCString()}'.`
  return gatewayError(401, 'ExpiredAuthenticationToken', text, challenge('invalid_token', 'The access token has expired.'))
}

export const invalidToken = (): SimulatedResponse => gatewayError(401, 'InvalidAuthenticationToken', 'The access token is invalid.',
  challenge('invalid_token', 'The access token is invalid.'))

/** Continuous access evaluation: the challenge names the claims the next token must carry (§8). */
export const revokedToken = (): SimulatedResponse => gatewayError(401, 'InvalidAuthenticationToken', 'The session has been revoked.',
  challenge('insufficient_claims', 'User session has been revoked',
    ', claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzg2ODYzNzM1In19fQ=="'))

export const forbidden = (action: string, scope: string): SimulatedResponse => gatewayError(403, 'AuthorizationFailed',
  `The client 'operator@contoso.example' with object id '5d1f0c3e-7a42-4c0e-9b1d-2f6a8e0c4b17' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`)

export const missingVersion = (): SimulatedResponse => gatewayError(400, 'MissingApiVersionParameter',
  'The api-version query parameter (?api-version=) is required for all requests.')

/** Microsoft.Resources' own: of the subscriptions. */
export const resourcesVersions: readonly string[] = [
  '2024-11-01', '2024-07-01', '2024-03-01', '2023-07-01', '2022-12-01', '2021-04-01', '2020-10-01', '2019-10-01', '2018-05-01', '2016-09-01', '2015-11-01', '2014-04-01',
]

/** Also of a malformed path, where the versions it lists say nothing about the backup service (ESTATE.md §6). */
export const invalidVersion = (version: string): SimulatedResponse => gatewayError(400, 'InvalidApiVersionParameter',
  `The api-version '${version}' is invalid. The supported versions are '${resourcesVersions.join(',')}'.`)

export const unknownVersion = (version: string, type: string, location: string, known: readonly string[] = supportedVersions): SimulatedResponse => gatewayError(400, 'NoRegisteredProviderFound',
  `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. The supported api-versions are '${known.join(', ')}'. The supported locations are 'westeurope, northeurope, centralindia'.`)

export const unknownType = (type: string, version: string): SimulatedResponse => gatewayError(404, 'InvalidResourceType',
  `The resource type '${type}' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '${version}'.`)

export const noSuchPath = (): SimulatedResponse => gatewayError(404, 'MissingSubscription',
  'The request did not have a subscription or a valid tenant level resource provider.')

export const unknownSubscription = (id: string): SimulatedResponse => gatewayError(404, 'SubscriptionNotFound',
  `The subscription '${id}' could not be found.`)

export const unknownGroup = (name: string): SimulatedResponse => gatewayError(404, 'ResourceGroupNotFound',
  `Resource group '${name}' could not be found.`)

export const unknownVault = (vault: string, group: string): SimulatedResponse => gatewayError(404, 'ResourceNotFound',
  `The Resource 'Microsoft.RecoveryServices/vaults/${vault}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`)

export const wrongMethod = (method: string, allow: string): SimulatedResponse => {
  const refused = serviceError(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`)
  return { ...refused, headers: { ...refused.headers, allow } }
}

/** The exact text recorded fifty times (AZURE.md §7). */
export const throttled = (action: string, limit: number, seconds: number, retryAfter: string | null): SimulatedResponse =>
  gatewayError(429, 'ResourceRequestsThrottled',
    `Number of requests for action '${action}' exceeded the limit of '${limit}' for time interval '01:00:00'. Please try again after '${seconds}' seconds.`,
    retryAfter === null ? {} : { 'retry-after': retryAfter })

export const htmlPage = (title: string): string =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>\r\n<title>${title}</title>\r\n</head>\r\n<body>\r\n<div id="header"><h1>Server Error</h1></div>\r\n<div id="content"><h2>${title}</h2></div>\r\n</body>\r\n</html>\r\n`

/** ARM's own body for a status nobody gave a body for. */
export function readyMade(status: number, action: string, scope: string, now: number, seconds: number, retryAfter: string | null | undefined): SimulatedResponse {
  const diagnostics = `Diagnostic information: timestamp '${compactTime(now)}', tracking id '${guidFrom(`diagnostic/${now}`)}'.`
  switch (status) {
    case 400: return serviceError(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid. Please check the inputs and try again.')
    case 401: return expiredToken(now)
    case 403: return forbidden(action, scope)
    case 404: return serviceError(404, 'BMSUserErrorObjectNotFound', 'Object not found. It might have been deleted.')
    case 408: return gatewayError(408, 'RequestTimeout', `The request timed out. ${diagnostics}`)
    case 409: return gatewayError(409, 'MissingSubscriptionRegistration', "The subscription is not registered to use namespace 'Microsoft.RecoveryServices'. See https://aka.ms/rps-not-found for how to register subscriptions.")
    case 429: return throttled(action, 150, seconds, retryAfter === undefined ? String(seconds) : retryAfter)
    case 500: return answer(500, { error: { code: 'RestApiInternalError', message: 'The REST API call encountered an internal error. Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.' } }, { 'content-type': 'application/json', 'x-ms-failure-cause': 'service' })
    case 502: return { status, headers: { 'content-type': 'text/html', 'x-ms-failure-cause': 'gateway' }, body: htmlPage('502 - Web server received an invalid response while acting as a gateway or proxy server.') }
    case 503: return gatewayError(503, 'ServerTimeout', `The request timed out. ${diagnostics}`, retryAfter ? { 'retry-after': retryAfter } : {})
    case 504: return answer(504, { error: { code: 'GatewayTimeout', message: "The gateway did not receive a response from 'Microsoft.RecoveryServices' within the specified time period." } }, { 'x-ms-failure-cause': 'service' })
    default: return { status, headers: {}, body: '' }
  }
}
