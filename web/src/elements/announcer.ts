/**
 * The page's one polite status region, whatever elements there are: what they have to say is gathered, and said at most every five seconds. It stands in the page itself, since
 * no element's shadow root is there for all of them; or in a modal dialog, while one of ours is open or a speaker is in one.
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
let placedAt = 0;
/** Modal dialogs of ours, the one that was opened last at the end. */
const dialogs = new Set<HTMLDialogElement>();
let timer: ReturnType<typeof setTimeout> | undefined;
let saidAt = -every;

/** What `at` is shown in: its slot, where it was given to one. */
const around = (at: Node): Node | null => (at instanceof ShadowRoot ? at.host : (at instanceof Element && at.assignedSlot) || at.parentNode);

/** The modal dialog that `who` is or is in. */
function modalOf(who: unknown): Element | undefined {
  for (let at = who instanceof Node ? who : null; at; at = around(at)) if (at instanceof Element && at.matches('dialog:modal')) return at;
  return undefined;
}

/** Puts the region where it is heard. Around an open modal dialog, ours or one of its host's that a speaker is in, all is inert, and what is said there is not heard. */
function place(): void {
  for (const dialog of dialogs) if (!modalOf(dialog)) dialogs.delete(dialog);
  const room = [[...dialogs].at(-1), ...speakers.keys()].map(modalOf).find(Boolean) ?? document.body;
  // Hosts that put other things in place of all that is in the page may have taken it along.
  if (region?.isConnected && region.parentNode === room) return;
  region?.remove();
  region = makeRegion();
  room.append(region);
  placedAt = performance.now();
}

function say(): void {
  timer = undefined;
  place();
  const wait = placedAt + soon - performance.now();
  if (wait > 0) {
    timer = setTimeout(say, wait);
    return;
  }
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
  return made;
}

/**
 * Says `words` soon, in the language `locale`; what `who` said last it says no second time. As a function, they are asked for when they are said, and always said.
 * `who`: a node, where it may be in a dialog of its host's.
 */
export function announce(who: unknown, locale: string, words: string | (() => string)): void {
  const isKnown = typeof words === 'string';
  if (isKnown && (speakers.get(who)?.words ?? '') === words) return;
  speakers.set(who, { locale, words: isKnown ? words : '' });
  waiting.set(who, isKnown ? () => words : words);
  place();
  timer ??= setTimeout(say, Math.max(soon, saidAt + every - performance.now()));
}

/** Opens a dialog of an element's, in which all is said while it is open. */
export function openModal(dialog: HTMLDialogElement): void {
  dialog.showModal();
  dialogs.delete(dialog);
  dialogs.add(dialog);
  dialog.addEventListener('close', () => dialogs.delete(dialog), { once: true });
  if (speakers.size > 0) place();
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
