import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import { TextInput, type TextInputProps } from './TextInput.tsx';

/** A password input that can show its text. */
export const PasswordInput = (props: Omit<TextInputProps, 'type' | 'after'>) => {
  const [shown, setShown] = useState(false);
  return (
    <TextInput
      {...props}
      type={shown ? 'text' : 'password'}
      autoComplete={props.autoComplete ?? 'new-password'}
      after={
        <IconButton
          size="small"
          icon={shown ? EyeOff : Eye}
          name={shown ? 'Hide the text' : 'Show the text'}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          disabled={props.disabled}
        />
      }
    />
  );
};
