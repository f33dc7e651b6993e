import { type ChangeEvent, useState } from 'react';
import { useKeyfob } from '../../../store/context.ts';
import { base64Of } from '../../../store/core/document.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';

interface Chosen {
  readonly file: string;
  /** The names in the file that have no default; `file:` and a path for a file. */
  readonly names: readonly string[];
  /** How a sealed file is opened. */
  readonly opensWith: 'passphrase' | 'identity' | undefined;
}

/** A command takes these names from its environment and its files. A window has neither, so it asks. */
const namesIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\$\$|\$\{(?:(file:(?![-?])[^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::\?[^}]*)?)\}/g)].flatMap(
      ([, file, name]) => file ?? name ?? [],
    ),
  ),
];

/** Gives the chosen keyfob.yaml, the typed secrets, and the input of an apply once it is complete. */
export function useChosenYaml(onChange: () => void) {
  const { host } = useKeyfob();
  const [chosen, setChosen] = useState<Chosen>();
  const [fault, setFault] = useState<string>();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [secret, setSecret] = useState('');

  const opensWithOf = async (file: string): Promise<Chosen['opensWith']> => {
    try {
      return (await host.call('backup.inspect', { file })).opensWith;
    } catch (error) {
      if (asKeyfobError(error).code === 'backup_not_age') return undefined;
      throw error;
    }
  };
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [picked] = target.files ?? [];
    setChosen(undefined);
    setFault(undefined);
    onChange();
    if (picked === undefined) return;
    try {
      const file = await base64Of(picked);
      setChosen({ file, names: namesIn(await picked.text()), opensWith: await opensWithOf(file) });
    } catch (error) {
      setFault(asKeyfobError(error).message);
    }
  };
  const { file = '', names = [], opensWith } = chosen ?? {};
  const opening = opensWith === 'passphrase' ? { backupPassphrase: secret } : { backupIdentity: secret };
  const isComplete =
    chosen !== undefined &&
    (opensWith === undefined || secret !== '') &&
    names.every((name) => (values[name] ?? '') !== '');
  return {
    ...{ chosen, fault, values, setValues, secret, setSecret, choose, isComplete },
    input: {
      file,
      variables: Object.fromEntries(names.map((name) => [name, values[name] ?? ''])),
      ...(opensWith !== undefined && opening),
    },
  };
}

const fieldOf = (name: string): { readonly label: string; readonly hint: string } =>
  name.startsWith('file:')
    ? { label: name.slice('file:'.length), hint: 'The content of a file that keyfob.yaml names' }
    : { label: name, hint: 'A secret that the file names' };

/** The file, and the secrets that it names or that open it. */
export const ApplyFields = ({ yaml }: { readonly yaml: ReturnType<typeof useChosenYaml> }) => {
  const { chosen, values, setValues, secret, setSecret, choose } = yaml;
  return (
    <>
      <Field label="File">
        <TextInput type="file" onChange={(event) => void choose(event)} />
      </Field>
      {chosen?.opensWith !== undefined && (
        <Field
          label={chosen.opensWith === 'passphrase' ? 'Passphrase of the file' : 'Private key'}
          hint={chosen.opensWith === 'identity' ? 'The key of one of its recipients: AGE-SECRET-KEY-1…' : undefined}
        >
          <PasswordInput autoComplete="off" value={secret} onChange={({ target }) => setSecret(target.value)} />
        </Field>
      )}
      {chosen?.names.map((name) => (
        <Field key={name} {...fieldOf(name)}>
          <PasswordInput
            autoComplete="off"
            value={values[name] ?? ''}
            onChange={({ target }) => setValues({ ...values, [name]: target.value })}
          />
        </Field>
      ))}
    </>
  );
};
