// A hidden page does not exist. The still is what it looked like: its tab, chosen again, has it before the script has come.
import type { Still } from '../../../src/protocol/panel';

/** Milliseconds without a change after which a page is worth a still. */
const atRest = 500;
/** Least milliseconds between two stills, and most of them until the still of a page that is never at rest. */
const [soonest, latest] = [5000, 10_000];
/** A page that has something to show, and has not changed for so many milliseconds, is drawn. */
const drawn = 40;
/** Milliseconds for which the still is shown at most, once the page draws itself. */
const covered = 600;
/** Characters of markup; a longer still would be slower than none. */
const longest = 400_000;
/** What of an element is of no use in a picture, or would be heard outside of it. A style is set by script alone. */
const unseen = ['id', 'name', 'role', 'aria-live', 'autofocus', 'style'];

/** Takes the old still away once the page is drawn below it, and has a new one kept whenever the page comes to rest. */
export function keepStill(root: HTMLElement, keep: (still: Still) => void): void {
  const cover = document.getElementById('still');
  let covering: ReturnType<typeof setTimeout> | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let taken = Number.NEGATIVE_INFINITY;
  let changedSince: number | undefined;
  const take = (): void => {
    taken = performance.now();
    changedSince = undefined;
    const still = stillOf(root);
    if (still !== undefined) keep(still);
  };
  const changed = (): void => {
    if (cover?.isConnected && root.firstElementChild !== null) {
      clearTimeout(covering);
      covering = setTimeout(() => cover.remove(), drawn);
    }
    clearTimeout(resting);
    const now = performance.now();
    changedSince ??= now;
    const wait = Math.min(Math.max(atRest, taken + soonest - now), changedSince + latest - now);
    resting = setTimeout(() => requestIdleCallback(take, { timeout: atRest }), wait);
  };
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(changed).observe(root, all);
  addEventListener('scroll', changed, { capture: true, passive: true });
  addEventListener('resize', changed);
  setTimeout(() => cover?.remove(), covered);
}

function stillOf(root: HTMLElement): Still | undefined {
  const picture = pictureOf(root);
  if (picture === undefined || root.firstElementChild === null) return undefined;
  const markup = picture.innerHTML;
  return markup.length > longest ? undefined : { markup, top: window.scrollY };
}

/** A copy of what is in sight or above it, with what was typed and drawn; undefined of what lies below. */
function pictureOf(element: Element): Element | undefined {
  const { top, height } = element.getBoundingClientRect();
  if (top > window.innerHeight && height > 0) return undefined;
  const isDrawing = element instanceof HTMLCanvasElement;
  const copy = isDrawing ? document.createElement('img') : (element.cloneNode(false) as Element);
  for (const name of unseen) copy.removeAttribute(name);
  for (const [name, value] of Object.entries(looksOf(element))) copy.setAttribute(name, value);
  if (element instanceof HTMLTextAreaElement) copy.textContent = element.value;
  else
    copy.append(
      ...[...element.childNodes].flatMap((each) =>
        each instanceof Element ? (pictureOf(each) ?? []) : each.cloneNode(),
      ),
    );
  return copy;
}

/** What markup does not tell of an element by itself. */
function looksOf(element: Element): Record<string, string> {
  const looks: Record<string, string> = {};
  const style = element.getAttribute('style') ?? '';
  if (style !== '') looks['data-style'] = style;
  if (element.scrollTop > 0) looks['data-top'] = String(element.scrollTop);
  if (element.scrollLeft > 0) looks['data-left'] = String(element.scrollLeft);
  if (element instanceof HTMLInputElement) looks.value = element.value;
  if (element instanceof HTMLInputElement && element.checked) looks.checked = '';
  if (element instanceof HTMLCanvasElement) {
    const { clientWidth: width, clientHeight: height } = element;
    Object.assign(looks, {
      class: element.className,
      alt: '',
      'data-style': `${style};width:${width}px;height:${height}px`,
    });
    if (width > 0 && height > 0) looks.src = element.toDataURL();
  }
  return looks;
}
