// The pictures of the form: their numbers here, their bytes with the host.
import { useState } from 'react';
import type { GivenPicture } from '../../../../src/protocol/inference/form/try-panel';
import { useHost } from '../../../kit/host/host-context';
import { askTry } from '../ask-try';
import type { RequestInput } from '../form/request';
import type { Trial } from '../use-trial';

/** `inputs` are those that were made from pictures, by name. */
export interface Pictures {
  inputs: Record<string, RequestInput>;
  onPicture: (name: string, picture: RequestInput) => void;
  onTaken: (name: string, picture: GivenPicture) => void;
}

/** A picture that is chosen takes the place of values that were pasted. */
export function usePictures({ tried, keep, setTexts }: Trial): Pictures {
  const host = useHost();
  const [inputs, setInputs] = useState<Record<string, RequestInput>>({});
  return {
    inputs,
    onPicture: (name, picture) => setInputs((old) => ({ ...old, [name]: picture })),
    onTaken: (name, picture) => {
      setTexts({ [name]: '' });
      keep({ pictures: { ...tried.pictures, [name]: picture.name } });
      void askTry(host, 'keepPicture', { of: name, picture });
    },
  };
}
