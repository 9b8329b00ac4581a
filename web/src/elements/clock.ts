/** One tick a second for everything that shows running time; asleep while nobody does, or nobody looks. */
interface Ticking {
  requestUpdate(): void;
}

const hosts = new Set<Ticking>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  hosts.forEach((host) => host.requestUpdate());
}

function adjust(): void {
  clearInterval(timer);
  timer = hosts.size > 0 && document.visibilityState !== 'hidden' ? setInterval(tick, 1000) : undefined;
}

function onVisibility(): void {
  adjust();
  if (timer !== undefined) tick();
}

/** Draws the host again every second, or no more: while something on it moves with time. */
export function setTicking(host: Ticking, isNeeded: boolean): void {
  if (isNeeded === hosts.has(host)) return;
  if (isNeeded) hosts.add(host);
  else hosts.delete(host);
  if (hosts.size === 1 && isNeeded) document.addEventListener('visibilitychange', onVisibility);
  if (hosts.size === 0) document.removeEventListener('visibilitychange', onVisibility);
  if (hosts.size < 2) adjust();
}
