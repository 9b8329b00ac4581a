export interface Cloud {
  readonly endpoint: string;
  readonly logins: readonly string[];
}
export const clouds: Readonly<Record<'public' | 'us_government' | 'china', Cloud>>;
