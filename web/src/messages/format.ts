/** Numbers, times and durations in the reader's language, by Intl. Formatters are kept: making one costs far more than using it. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface Format {
  /** "20 min 23 s", "1 h 2 min", "45 s": the two largest units. */
  duration(ms: number): string;
  /** "10–25 min": coarse, and never narrower than it is. */
  range(low: number, high: number): string;
  /** "12 seconds ago", "in 18 seconds". */
  relative(ms: number): string;
  /** The exact time of day and date. */
  instant(ms: number): string;
  /** The day alone. */
  date(ms: number): string;
  /** The time of day alone. */
  time(ms: number): string;
  percent(value: number): string;
  number(value: number): string;
}

const formats = new Map<string, Format>();

/** `language` in the reader's own regional form where the browser names one: days before months in en-GB. */
function regional(language: string): string {
  const preferred = globalThis.navigator?.languages ?? [];
  return preferred.find((locale) => locale === language || locale.startsWith(`${language}-`)) ?? language;
}

export function formatFor(language: string): Format {
  const locale = regional(language);
  let format = formats.get(locale);
  if (!format) formats.set(locale, (format = makeFormat(locale)));
  return format;
}

/** Made when it is first used, or soon, in a task of its own: the first ones of a page take tens of milliseconds each. */
function soon<T>(make: () => T): () => T {
  let made: T | undefined;
  const get = () => (made ??= make());
  setTimeout(get);
  return get;
}

function makeFormat(locale: string): Format {
  const unit = (name: string) => soon(() => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }));
  const units = { day: unit('day'), hour: unit('hour'), minute: unit('minute'), second: unit('second') };
  const relative = soon(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' }));
  const dates = (options: Intl.DateTimeFormatOptions) => soon(() => new Intl.DateTimeFormat(locale, options));
  const instant = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const date = dates({ dateStyle: 'medium' });
  const time = dates({ timeStyle: 'medium' });
  const percent = soon(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
  const number = soon(() => new Intl.NumberFormat(locale));
  const ranges = new Map<string, string>();
  return {
    duration(ms) {
      const sign = ms < 0 ? '−' : '';
      // Whole seconds, cut: a clock that shows 0:59 has not reached a minute.
      const whole = Math.floor(Math.abs(ms) / second) * second;
      const parts: [keyof typeof units, number][] = [
        ['day', Math.floor(whole / day)],
        ['hour', Math.floor((whole % day) / hour)],
        ['minute', Math.floor((whole % hour) / minute)],
        ['second', Math.floor((whole % minute) / second)],
      ];
      const first = parts.findIndex(([, count]) => count > 0);
      if (first < 0) return units.second().format(0);
      const shown = parts.slice(first, first + 2).filter(([, count], index) => index === 0 || count > 0);
      return sign + shown.map(([name, count]) => units[name]().format(count)).join(' ');
    },
    range(low, high) {
      const [name, length] = high < 2 * minute ? (['second', second] as const) : high < 3 * hour ? (['minute', minute] as const) : (['hour', hour] as const);
      const [from, to] = [Math.floor(low / length), Math.ceil(high / length)];
      // Of all formatters the slowest, and a list asks for the same ranges every second.
      const key = `${name} ${from} ${to}`;
      const text = ranges.get(key) ?? units[name]().formatRange(from, to);
      if (ranges.size > 500) ranges.clear();
      ranges.set(key, text);
      return text;
    },
    relative(ms) {
      const size = Math.abs(ms);
      const [name, length] = size < minute ? (['second', second] as const) : size < hour ? (['minute', minute] as const) : size < day ? (['hour', hour] as const) : (['day', day] as const);
      return relative().format(Math.trunc(ms / length), name);
    },
    instant: (ms) => instant().format(ms),
    date: (ms) => date().format(ms),
    time: (ms) => time().format(ms),
    percent: (value) => percent().format(value / 100),
    number: (value) => number().format(value),
  };
}
