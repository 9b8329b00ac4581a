/** Days of the reader's calendar. */

/** When the reader's day ends. */
export function endOfDay(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

/** When each of the last `days` before `end` began, the oldest first. By the calendar: where the clocks change, a day has an hour more or less. */
export function dayStarts(end: number, days: number): number[] {
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(end);
    return day.setDate(day.getDate() - days + index);
  });
}
