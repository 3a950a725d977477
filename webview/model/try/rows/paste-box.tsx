// Where JSON or CSV is pasted.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../../kit/controls';

interface PasteBoxProps {
  onTake: (text: string) => void;
  onClose: () => void;
}

/** Takes what is pasted at once; what is typed at the button or Ctrl+Enter. */
export function PasteBox({ onTake, onClose }: PasteBoxProps) {
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    // The page would predict.
    event.preventDefault();
    onTake(text);
  };
  return (
    <div className="paste-box">
      <textarea
        className="field code"
        rows={5}
        ref={box}
        aria-label="JSON or CSV"
        placeholder="JSON (Open Inference Protocol, MLflow, TensorFlow Serving or plain values), or rows of CSV"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={({ clipboardData }) => text === '' && onTake(clipboardData.getData('text/plain'))}
      />
      <div className="acts">
        <Button label="Take" onAct={() => onTake(text)} />
        <Button label="Close" onAct={onClose} />
      </div>
    </div>
  );
}
