/**
 * The page's one polite status region, whatever elements there are: what they have to say is gathered, and said at most every five seconds. It stands in the page itself, since
 * no element's shadow root is there for all of them.
 */
const every = 5000;
/** What is said together is heard together; and a region has to be there before it says anything. */
const soon = 500;

interface Speaker {
  readonly locale: string;
  /** What it said, or is about to. */
  words: string;
}

const speakers = new Map<unknown, Speaker>();
const waiting = new Map<unknown, () => string>();
let region: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let saidAt = -every;

function say(): void {
  timer = undefined;
  saidAt = performance.now();
  const locale = [...waiting.keys()].map((who) => speakers.get(who)?.locale).at(-1);
  const words = new Set([...waiting.values()].map((tell) => tell()).filter(Boolean));
  waiting.clear();
  if (!region || words.size === 0) return;
  region.lang = locale ?? '';
  region.textContent = [...words].join('. ');
}

function makeRegion(): HTMLElement {
  const made = document.createElement('p');
  made.setAttribute('role', 'status');
  made.dataset['backupJobs'] = '';
  // By the CSSOM: as text in an attribute a strict style-src forbids it.
  made.style.cssText = 'position:fixed;top:0;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  document.body.append(made);
  return made;
}

/** Says `words` soon, in the language `locale`; what `who` said last it says no second time. As a function, they are asked for when they are said, and always said. */
export function announce(who: unknown, locale: string, words: string | (() => string)): void {
  const isKnown = typeof words === 'string';
  if (isKnown && (speakers.get(who)?.words ?? '') === words) return;
  speakers.set(who, { locale, words: isKnown ? words : '' });
  waiting.set(who, isKnown ? () => words : words);
  // Hosts that put other things in place of all that is in the page may have taken it along.
  if (!region?.isConnected) region = makeRegion();
  timer ??= setTimeout(say, Math.max(soon, saidAt + every - performance.now()));
}

/** It has nothing more to say; with the last of all the region goes. */
export function fallSilent(who: unknown): void {
  speakers.delete(who);
  waiting.delete(who);
  if (waiting.size === 0) {
    clearTimeout(timer);
    timer = undefined;
  }
  if (speakers.size > 0) return;
  region?.remove();
  region = undefined;
}
