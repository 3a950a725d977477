// A list too long for one answer, followed page by page.

/** Each page in turn, to the last or until the caller stops; `ask` fetches the page with this token, null for the first. */
export async function* everyPage<P extends { next: string | null }>(
  ask: (page: string | null) => Promise<P>,
): AsyncGenerator<P> {
  let page: string | null = null;
  do {
    const answer: P = await ask(page);
    yield answer;
    page = answer.next;
  } while (page !== null);
}
