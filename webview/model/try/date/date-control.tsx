// A date, or a date and a time, for a value that is a text or a number.
import type { DateForm } from './date-form';

interface DateControlProps {
  form: DateForm;
  text: string;
  /** What it has in common with other controls: id, and what describes it. */
  same: Record<string, string | boolean | undefined>;
  onText: (text: string) => void;
}

/** The editor's own control. A half-written date changes nothing. */
export function DateControl({ form, text, same, onText }: DateControlProps) {
  return (
    <input
      {...same}
      className="field wide-field"
      type={form.control}
      step={form.control === 'date' ? undefined : 1}
      max={form.control === 'date' ? '9999-12-31' : '9999-12-31T23:59:59'}
      value={form.read(text) ?? ''}
      onChange={({ currentTarget }) => {
        const written = form.write(currentTarget.value);
        if (written !== null) onText(written);
      }}
    />
  );
}
