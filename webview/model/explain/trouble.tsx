// What went wrong, where something did.

/** Nothing for an empty text. */
export function Trouble({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <p className="note worse" role="alert">
      {text}
    </p>
  );
}
