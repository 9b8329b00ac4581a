/** English, for what `?` shows. Loaded when it is asked for; other languages have it in their one catalogue. */
export const en_keys = {
  keys: {
    title: 'Keys',
    close: 'Close',
    turnOff: 'Use single-letter keys',
    move: 'Next or previous row',
    ends: 'First or last row',
    page: 'A screenful up or down',
    open: 'Open the job',
    back: 'Close the job',
    search: 'Search',
    help: 'This help',
  },
};

export type KeyMessages = typeof en_keys;
