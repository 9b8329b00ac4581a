/** How Russian counts. */
let rules: Intl.PluralRules | undefined;

/** The form that goes with a count: 1 задание, 2 задания, 5 заданий; fractions go with the second. */
export function plural(count: number, one: string, few: string, many: string): string {
  rules ??= new Intl.PluralRules('ru');
  const form = rules.select(count);
  return form === 'one' ? one : form === 'many' ? many : few;
}

export const jobs = (count: number) => `${count} ${plural(count, 'задание', 'задания', 'заданий')}`;
