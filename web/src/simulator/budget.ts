/** The service's own budget: so many reads of one action in a sliding hour of one subscription (AZURE.md §7). */

const hour = 3_600_000

/** ARM's own count of writes; it is shown, and never refuses here. */
export const writesAnHour = 1200

export interface Budget {
  limit: number
  /** Times of the served requests of an action in a subscription, oldest first. */
  readonly served: Map<string, number[]>
}

export const newBudget = (limit: number): Budget => ({ limit, served: new Map() })

export type Spent = { allowed: true; remaining: number | undefined } | { allowed: false; seconds: number }

/** A refused request costs nothing. */
export function spend(budget: Budget, subscription: string, action: string, now: number): Spent {
  const key = `${subscription.toLowerCase()} ${action}`
  const recent = (budget.served.get(key) ?? []).filter((at) => at > now - hour)
  budget.served.set(key, recent)
  if (budget.limit === Infinity) return { allowed: true, remaining: undefined }
  if (recent.length >= budget.limit) {
    // Served again once so many have left the hour that one fits below the limit.
    const leaving = recent[recent.length - budget.limit] ?? now
    return { allowed: false, seconds: Math.max(1, Math.ceil((leaving + hour - now) / 1000)) }
  }
  recent.push(now)
  return { allowed: true, remaining: budget.limit - recent.length }
}
