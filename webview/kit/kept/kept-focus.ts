// VS Code gives a page its focus back, after a menu or a dialog, without saying to which element.

/** From now on the focus returns to the element that had it when it left the page. Call once. */
export function keepFocus(): void {
  let last: HTMLElement | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target !== document.body) last = target;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    // A click beside everything means that nothing is to have it.
    if (!(target instanceof Node) || last?.contains(target) !== true) last = undefined;
  });
  window.addEventListener('focus', () => {
    const isNowhere = document.activeElement === null || document.activeElement === document.body;
    if (isNowhere && last?.isConnected) last.focus({ preventScroll: true });
  });
}
